package dev.farpool.chaos.schedule;

import java.util.Locale;

/**
 * One fault.
 *
 * @param atMillis when it begins, from the start of the run
 * @param lastsMillis how long it lasts: until a process is started again or goes on, or a link is
 *     healed
 * @param kind what is done
 * @param target to whom
 * @param amount how much of it, where that says something: bytes, kilobits, or which executor
 */
public record Fault(long atMillis, long lastsMillis, Kind kind, String target, int amount) {
  /** What can be done to a target. */
  public enum Kind {
    KILL,
    PAUSE,
    KILL_EXECUTOR,
    PAUSE_EXECUTOR,
    CUT,
    CUT_IN,
    CUT_OUT,
    SLOW,
    FLAP,
    DELAY,
    STALL,
    RESET,
    HALF_CLOSE;

    /** Its name in schedules and reports. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** When it is over. */
  public long endMillis() {
    return atMillis + lastsMillis;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%7.1f s  %-15s %-12s for %4.1f s",
        atMillis / 1000.0,
        kind.text(),
        target,
        lastsMillis / 1000.0);
  }
}
