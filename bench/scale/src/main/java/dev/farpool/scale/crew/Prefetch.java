package dev.farpool.scale.crew;

/**
 * How many tasks to keep ready for each slot, by the rule of real workers: none where tasks are
 * long against the round trip, else about two round trips' worth.
 */
final class Prefetch {
  private static final int MOST = 4096;
  private static final long LONG_ROUND_TRIPS = 20;

  private final double meanNanos;
  private int granted;

  Prefetch(double meanNanos) {
    this.meanNanos = meanNanos;
  }

  int granted() {
    return granted;
  }

  /** Follows the round trip; whether the coordinator must be told, for a change by a third. */
  boolean regrant(long roundTripNanos) {
    int wanted = wanted(roundTripNanos);
    boolean near = wanted > 0 && granted > 0 && Math.abs(wanted - granted) * 3 <= granted;
    if (wanted == granted || near) {
      return false;
    }
    granted = wanted;
    return true;
  }

  private int wanted(long roundTripNanos) {
    if (meanNanos >= (double) LONG_ROUND_TRIPS * roundTripNanos) {
      return 0;
    }
    return (int) Math.max(1, Math.min(MOST, 2 * roundTripNanos / meanNanos));
  }
}
