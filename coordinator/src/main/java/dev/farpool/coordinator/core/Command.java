package dev.farpool.coordinator.core;

/** Something asked of the scheduler, in the order in which it came. */
@FunctionalInterface
public interface Command {
  /**
   * Does it.
   *
   * @param nowNanos the time, on a clock that never goes back
   */
  void apply(Scheduler scheduler, long nowNanos);
}
