package dev.farpool.coordinator.core;

/**
 * The time after the start of the coordinator in which workers of a lost one may still come and
 * tell what they run. When it is over they have stopped all of it, by their own leases.
 */
final class Settling {
  private final long startNanos;
  private final long endNanos;
  private boolean over;

  Settling(long startNanos, SchedulerLimits limits) {
    this.startNanos = startNanos;
    this.endNanos = startNanos + limits.lease().plus(limits.margin()).toNanos();
  }

  /** Whether it is over, by the last {@link #endsBy}. */
  boolean isOver() {
    return over;
  }

  /** Whether it ends now. */
  boolean endsBy(long nowNanos) {
    if (over || nowNanos < endNanos) {
      return false;
    }
    over = true;
    return true;
  }

  /** The first moment from one on at which tasks of the time before may be handed out. */
  long earliest(long nanos) {
    return Math.max(nanos, endNanos);
  }

  /** For people. */
  String explain(long nowNanos) {
    return "the coordinator was restarted "
        + Failures.seconds(nowNanos - startNanos)
        + " ago; it waits up to "
        + Failures.seconds(Math.max(0, endNanos - nowNanos))
        + " more for workers to say what they still run";
  }
}
