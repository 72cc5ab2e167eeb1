package dev.farpool.grpc;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The session's own threads: one for timers, which never waits, and one for what must wait, which
 * is gone when idle. Both are daemons: they keep no program alive.
 */
final class LinkThreads implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timers =
      new ScheduledThreadPoolExecutor(1, task -> daemon(task, "farpool-timer"));
  private final ThreadPoolExecutor waits =
      new ThreadPoolExecutor(
          1,
          1,
          5,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          task -> daemon(task, "farpool-link"));

  LinkThreads() {
    timers.setRemoveOnCancelPolicy(true);
    timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    waits.allowCoreThreadTimeOut(true);
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Runs something that does not wait, later. After the session's end it is not run. */
  @SuppressWarnings("FutureReturnValueIgnored") // What runs here does not throw.
  void after(Duration delay, Runnable task) {
    try {
      timers.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      // The session has ended, and with it every reason to have a timer.
      return;
    }
  }

  /** Runs something that does not wait, again and again. */
  @SuppressWarnings("FutureReturnValueIgnored") // What runs here does not throw.
  void every(Duration interval, Runnable task) {
    long nanos = interval.toNanos();
    timers.scheduleWithFixedDelay(task, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Runs what may wait, one after the other. */
  Executor waits() {
    return waits;
  }

  @Override
  public void close() {
    timers.shutdown();
    waits.shutdownNow();
  }
}
