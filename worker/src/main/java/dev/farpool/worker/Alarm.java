package dev.farpool.worker;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Wakes the loop when the agent has something due. Owned by the worker's loop. */
final class Alarm {
  private static final long LEAST_NANOS = 1_000_000;

  private final ScheduledExecutorService timer;
  private final Runnable wake;
  private ScheduledFuture<?> next;
  private volatile boolean closed;

  Alarm(ScheduledExecutorService timer, Runnable wake) {
    this.timer = timer;
    this.wake = wake;
  }

  /** Wakes in this time, or earlier if that was asked for before. */
  void set(long delayNanos) {
    long delay = Math.max(LEAST_NANOS, Math.min(delayNanos, TimeUnit.HOURS.toNanos(1)));
    long pending = next == null ? 0 : next.getDelay(TimeUnit.NANOSECONDS);
    // One that is due is already on its way: it may be what the loop is handling just now.
    boolean enough = pending > 0 && pending <= delay;
    if (enough || closed) {
      return;
    }
    if (pending > 0) {
      next.cancel(false);
    }
    try {
      next = timer.schedule(wake, delay, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closing) {
      closed = true;
    }
  }

  void close() {
    closed = true;
  }
}
