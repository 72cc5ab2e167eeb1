package dev.farpool.worker.core;

/**
 * How many tasks of a pool to keep ready for each of its slots, by how long they take against the
 * round trip to the coordinator: none when they are long, about one round trip's worth when they
 * are short.
 */
final class PrefetchGauge {
  private static final int MOST = 4096;
  private static final long LONG_ROUND_TRIPS = 20;
  private static final long LEAST_WINDOW_NANOS = 1_000_000;

  private double meanNanos = Double.NaN;
  private long runningNanos;
  private int granted;

  /** Learns from tasks that ran this long together. */
  void ran(long nanos, int tasks) {
    runningNanos = 0;
    double mean = Math.max(1.0, (double) nanos / tasks);
    if (Double.isNaN(meanNanos)) {
      meanNanos = mean;
    } else {
      // A long time of few tasks must weigh as much as a short time of many.
      double weight = Math.max(1.0 / 8, Math.min(0.5, nanos / 2e6));
      meanNanos += weight * (mean - meanNanos);
    }
  }

  /** Learns from a task that has been running this long and still does: it counts until it ends. */
  void running(long nanos) {
    runningNanos = nanos;
  }

  /** How many tasks to keep ready per slot; 0 as long as nothing is known. */
  int prefetch(long roundTripNanos) {
    double nanos = Math.max(meanNanos, (double) runningNanos);
    if (Double.isNaN(nanos) || nanos >= (double) LONG_ROUND_TRIPS * roundTripNanos) {
      return 0;
    }
    double window = (double) Math.max(2 * roundTripNanos, LEAST_WINDOW_NANOS);
    return (int) Math.max(1, Math.min(MOST, window / nanos));
  }

  /** What was granted last. */
  int granted() {
    return granted;
  }

  /**
   * Whether the grant should be renewed: only for a change by a third, since each costs a message.
   */
  boolean regrant(long roundTripNanos) {
    int wanted = prefetch(roundTripNanos);
    boolean same = wanted == granted;
    boolean near = wanted > 0 && granted > 0 && Math.abs(wanted - granted) * 3 <= granted;
    if (same || near) {
      return false;
    }
    granted = wanted;
    return true;
  }
}
