package dev.farpool.worker.core;

/**
 * How many tasks of a pool to keep ready for each of its slots, by how long they take against the
 * gap that a slot has between two tasks when nothing is kept ready for it: none when they are long,
 * about one gap's worth when they are short.
 *
 * <p>The gap is the round trip to the coordinator and the way to the executor and back.
 */
final class PrefetchGauge {
  private static final int MOST = 4096;
  private static final long LEAST_WINDOW_NANOS = 1_000_000;

  /**
   * So many are kept ready if they take no longer than this: executors let outcomes gather for 4
   * ms, and the next tasks must come before the last one begins.
   */
  private static final int FEW = 8;

  private static final long FEW_NANOS = 8_000_000;
  private static final long MOST_WAY_NANOS = 1_000_000;

  /** Above so many gaps a gap is a loss of less than one part in a hundred. */
  private static final long LONG_GAPS = 100;

  /** What is kept ready may get stuck behind a long task: above this, one in twenty is fine. */
  private static final long STUCK_NANOS = 50_000_000;

  private static final long STUCK_GAPS = 20;

  private static final int MOVING_GAPS = 2;
  private static final long LATE_NANOS = 4_000_000;

  private double meanNanos = Double.NaN;
  private long runningNanos;
  private long wayNanos;
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

  /**
   * Learns how long the way to an executor that waited, and back, has taken. Once something is kept
   * ready it is rarely heard again, so a pause on the way must not count for much.
   */
  void travelled(long nanos) {
    wayNanos += (Math.max(0, Math.min(nanos, MOST_WAY_NANOS)) - wayNanos) / 8;
  }

  /** Learns from a task that has been running this long and still does: it counts until it ends. */
  void running(long nanos) {
    runningNanos = nanos;
  }

  /** How many tasks to keep ready per slot; 0 as long as nothing is known. */
  int prefetch(long roundTripNanos) {
    double nanos = Math.max(meanNanos, (double) runningNanos);
    if (Double.isNaN(nanos) || nanos >= longNanos(roundTripNanos)) {
      return 0;
    }
    double window = (double) Math.max(2 * gapNanos(roundTripNanos), LEAST_WINDOW_NANOS);
    double few = Math.min(FEW, FEW_NANOS / nanos);
    return (int) Math.max(1, Math.min(MOST, Math.max(few, window / nanos)));
  }

  /** From which run time on nothing is kept ready. */
  private double longNanos(long roundTripNanos) {
    return Math.min(LONG_GAPS * gapNanos(roundTripNanos), stuckNanos(roundTripNanos));
  }

  /** How long a task may run before those behind it are stuck. */
  long stuckNanos(long roundTripNanos) {
    return Math.max(STUCK_NANOS, STUCK_GAPS * gapNanos(roundTripNanos));
  }

  /**
   * Whether what waits behind a task that has been running this long is likely to start sooner at
   * an executor that has nothing to do: the task has a good part before it, or nobody knows when it
   * ends. Of what is so short that several are kept ready, only the latter is worth the way.
   */
  boolean isWorthMoving(long nanos, long roundTripNanos) {
    boolean begun = granted <= 1 && meanNanos - nanos > MOVING_GAPS * gapNanos(roundTripNanos);
    boolean late = nanos > 2 * meanNanos + LATE_NANOS;
    return begun || late;
  }

  private long gapNanos(long roundTripNanos) {
    return roundTripNanos + wayNanos;
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
