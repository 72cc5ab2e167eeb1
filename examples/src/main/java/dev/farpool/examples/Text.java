package dev.farpool.examples;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Small functions on text. Public static methods of a public class: clients in every language can
 * call them by name.
 */
public final class Text {
  private static final Pattern WORD = Pattern.compile("\\p{L}+(?:['’]\\p{L}+)*");

  private Text() {}

  /** How many words a text has. */
  public static long wordCount(String text) {
    return WORD.matcher(text).results().count();
  }

  /** How often each word occurs, in lower case. */
  public static Map<String, Long> frequencies(String text) {
    return WORD.matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(
            Collectors.groupingBy(
                word -> word.toLowerCase(Locale.ROOT), TreeMap::new, Collectors.counting()));
  }

  /** The longest of some words, the first of them if several are as long. */
  public static String longest(List<String> words) {
    return words.stream()
        .reduce((longest, word) -> word.length() > longest.length() ? word : longest)
        .orElseThrow(() -> new IllegalArgumentException("words must not be empty"));
  }
}
