package dev.farpool.grpc;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The session's own threads: one for timers, which never waits, one for recovery, which does, and
 * one for long turns of serial loops; the last two are gone when idle. All are daemons: they keep
 * no program alive.
 */
final class LinkThreads implements AutoCloseable {
  private static final int IDLE_SECONDS = 5;
  private static final int RECOVERY_END_SECONDS = 2;

  private final ScheduledThreadPoolExecutor timers =
      new ScheduledThreadPoolExecutor(1, task -> daemon(task, "farpool-timer"));
  private final ThreadPoolExecutor recovery = single("farpool-recovery");
  private final ThreadPoolExecutor overflow = single("farpool-link");

  LinkThreads() {
    timers.setRemoveOnCancelPolicy(true);
    timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private static ThreadPoolExecutor single(String name) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> daemon(task, name),
            // Only after the session's end, when there is nothing left to do for it.
            new ThreadPoolExecutor.DiscardPolicy());
    executor.allowCoreThreadTimeOut(true);
    return executor;
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

  /** Runs what mends the session, and may wait. */
  Executor recovery() {
    return recovery;
  }

  /** Runs the rest of long turns of serial loops. */
  Executor overflow() {
    return overflow;
  }

  /**
   * Ends what mends the session, and waits for it for a moment: nobody may open a stream that
   * another thread is about to end.
   */
  void endRecovery() {
    recovery.shutdownNow();
    try {
      if (!recovery.awaitTermination(RECOVERY_END_SECONDS, TimeUnit.SECONDS)) {
        System.getLogger(LinkThreads.class.getName())
            .log(System.Logger.Level.DEBUG, "the recovery of a session did not end in time");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt(); // The caller is in a hurry; the streams end all the same.
    }
  }

  @Override
  public void close() {
    timers.shutdown();
    recovery.shutdownNow();
    overflow.shutdown();
  }
}
