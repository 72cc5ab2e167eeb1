package dev.farpool.grpc;

import dev.farpool.common.Surroundings;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * A session's only thread of its own: timers, and the rest of long turns of serial loops. It never
 * waits for anybody, and as a daemon it keeps no program alive.
 */
public final class LinkTimer implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, LinkTimer::daemon);

  /** Starts its thread when it is first needed. */
  public LinkTimer() {
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "farpool-timer");
    thread.setDaemon(true);
    return thread;
  }

  /** Those of this machine, with this timer. */
  public Surroundings surroundings() {
    return Surroundings.of(timer);
  }

  @Override
  public void close() {
    timer.shutdown();
  }
}
