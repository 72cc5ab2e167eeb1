package dev.farpool.grpc;

import dev.farpool.common.Surroundings;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** What a session does later. What runs here does not wait and does not throw. Thread-safe. */
final class LinkTimers {
  private final Surroundings surroundings;

  LinkTimers(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  long nanoTime() {
    return surroundings.nanoTime().getAsLong();
  }

  /**
   * Runs something later; not at all once the timer is closed, as there is nothing left to be done.
   *
   * @return to take it back
   */
  Future<?> after(Duration delay, Runnable task) {
    try {
      return surroundings.timer().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      return new FutureTask<>(task, null);
    }
  }

  /** Runs something again and again, until it is taken back. */
  Future<?> every(Duration interval, Runnable task) {
    long nanos = interval.toNanos();
    return surroundings.timer().scheduleWithFixedDelay(task, nanos, nanos, TimeUnit.NANOSECONDS);
  }
}
