package dev.farpool.cli.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a log message tells as {@code key=value}, found in its pattern and not in what it became.
 */
final class MessageFields {
  /** A key with a placeholder, bare or quoted, or with a word; or a placeholder without a key. */
  private static final Pattern PART =
      Pattern.compile("(?<key>\\w+)=\"?(?:(?<filled>\\{})|(?<word>[\\w.-]+))\"?|(?<other>\\{})");

  private MessageFields() {}

  /**
   * The fields in their order.
   *
   * @param pattern with a {@code {}} for each argument
   * @param arguments null for none
   */
  static Map<String, Object> of(String pattern, Object[] arguments) {
    Map<String, Object> fields = new LinkedHashMap<>();
    int next = 0;
    for (Matcher part = PART.matcher(pattern); part.find(); ) {
      if (part.group("word") != null) {
        fields.put(part.group("key"), part.group("word"));
        continue;
      }
      boolean given = arguments != null && next < arguments.length;
      if (given && part.group("key") != null) {
        fields.put(part.group("key"), arguments[next]);
      }
      next++;
    }
    return fields;
  }
}
