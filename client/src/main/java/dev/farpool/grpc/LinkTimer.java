package dev.farpool.grpc;

import dev.farpool.common.Surroundings;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * A session's only threads of its own: for timers, and for the rest of long turns of serial loops,
 * of which a busy pool has one in each direction. They never wait for anybody, and as daemons they
 * keep no program alive.
 */
public final class LinkTimer implements AutoCloseable {
  private static final int THREADS = 2;

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(THREADS, LinkTimer::daemon);

  /** Starts its threads when they are first needed. */
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
