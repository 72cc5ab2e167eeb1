package dev.farpool.cli.map;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A command with replacement strings, and what it is for one line of input. Immutable. */
public final class Template {
  private static final Pattern REPLACEMENT = Pattern.compile("\\{(\\.|/|//|/\\.|#|%|)}");
  private static final Pattern EXTENSION = Pattern.compile("\\.[^/.]+$");

  private final List<String> words;
  private final boolean shell;

  private Template(List<String> words, boolean shell) {
    this.words = words;
    this.shell = shell;
  }

  /**
   * A command to be run as it is. Where it has no replacement string the line becomes its last
   * argument.
   *
   * @throws IllegalArgumentException if it has a replacement string that cannot be told here
   */
  public static Template of(List<String> words) {
    boolean replaces = false;
    for (String word : words) {
      Matcher found = REPLACEMENT.matcher(word);
      while (found.find()) {
        replaces = true;
        if (found.group(1).equals("%")) {
          throw new IllegalArgumentException(
              "{%} cannot be told: which slot a job gets is decided when it starts; use {#}");
        }
      }
    }
    List<String> whole = new ArrayList<>(words);
    if (!replaces) {
      whole.add("{}");
    }
    return new Template(List.copyOf(whole), false);
  }

  /** The same words as one line for a shell, in which what comes from the input is quoted. */
  public Template forShell() {
    return new Template(List.of(String.join(" ", words)), true);
  }

  /**
   * The command for one line.
   *
   * @param number of the line, from 1
   */
  public List<String> fill(long number, String line) {
    List<String> filled =
        words.stream().map(word -> fill(word, number, line)).collect(Collectors.toList());
    return shell ? List.of("sh", "-c", filled.get(0)) : filled;
  }

  private String fill(String word, long number, String line) {
    if (word.indexOf('{') < 0) {
      return word;
    }
    return REPLACEMENT
        .matcher(word)
        .replaceAll(
            found -> {
              String value = value(found.group(1), number, line);
              return Matcher.quoteReplacement(shell ? ShellWords.quote(value) : value);
            });
  }

  private static String value(String kind, long number, String line) {
    return switch (kind) {
      case "." -> withoutExtension(line);
      case "/" -> baseName(line);
      case "/." -> withoutExtension(baseName(line));
      case "//" -> directory(line);
      case "#" -> Long.toString(number);
      default -> line;
    };
  }

  private static String withoutExtension(String path) {
    return EXTENSION.matcher(path).replaceFirst("");
  }

  private static String baseName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** As {@code dirname} has it. */
  private static String directory(String path) {
    int end = lengthWithoutSlashes(path, path.length());
    if (end == 0) {
      return path.isEmpty() ? "." : "/";
    }
    int slash = path.lastIndexOf('/', end - 1);
    if (slash < 0) {
      return ".";
    }
    int length = lengthWithoutSlashes(path, slash);
    return length == 0 ? "/" : path.substring(0, length);
  }

  private static int lengthWithoutSlashes(String path, int length) {
    int end = length;
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return end;
  }
}
