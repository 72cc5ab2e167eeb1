package dev.farpool.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tasks as people write them.
 *
 * @param pool its id or name, or the beginning of it
 * @param first the first task
 * @param count how many tasks; 0 for the pool as a whole
 */
record TaskReference(String pool, long first, long count) {
  private static final Pattern FORM = Pattern.compile("(.+)/(\\d{1,18})(?:-(\\d{1,18}))?");

  /**
   * Reads {@code POOL}, {@code POOL/INDEX} or {@code POOL/FIRST-LAST}.
   *
   * @throws CommandException if the last is before the first
   */
  static TaskReference parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return new TaskReference(text, 0, 0);
    }
    long first = Long.parseLong(matcher.group(2));
    long last = matcher.group(3) == null ? first : Long.parseLong(matcher.group(3));
    if (last < first) {
      throw CommandException.wrong("the last task is before the first in " + text);
    }
    return new TaskReference(matcher.group(1), first, last - first + 1);
  }

  /**
   * Reads {@code POOL/INDEX}.
   *
   * @throws CommandException if it is something else
   */
  static TaskReference parseOne(String text) {
    TaskReference reference = parse(text);
    if (reference.count != 1) {
      throw CommandException.wrong("a task is POOL/INDEX, for example map/17, not " + text);
    }
    return reference;
  }
}
