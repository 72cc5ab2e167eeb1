package dev.farpool.cli.map;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * After how many failed jobs to stop.
 *
 * @param isNow whether running jobs are killed; else they may end
 * @param limit so many, or so many of a hundred
 * @param isPercent whether the limit is a part of the jobs that ended, of which three must have
 *     failed
 */
public record HaltRule(boolean isNow, int limit, boolean isPercent) {
  /** Never. */
  public static final HaltRule NEVER = new HaltRule(false, Integer.MAX_VALUE, false);

  private static final Pattern FORM =
      Pattern.compile("never|(now|soon),fail=([1-9][0-9]{0,8})(%?)");
  private static final int LEAST_FAILED = 3;
  private static final long HUNDRED = 100;

  /**
   * Reads {@code never}, {@code now,fail=1} or {@code soon,fail=10%}.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static HaltRule parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "it is never, or now or soon with ,fail=K or ,fail=X%, for example now,fail=1, not \""
              + text
              + "\"");
    }
    if (matcher.group(1) == null) {
      return NEVER;
    }
    return new HaltRule(
        matcher.group(1).equals("now"),
        Integer.parseInt(matcher.group(2)),
        !matcher.group(3).isEmpty());
  }

  /** Whether to stop. */
  public boolean isReached(long failed, long ended) {
    return isPercent
        ? failed >= LEAST_FAILED && failed * HUNDRED >= ended * limit
        : failed >= limit;
  }
}
