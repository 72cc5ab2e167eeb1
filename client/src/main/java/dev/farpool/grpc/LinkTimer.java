package dev.farpool.grpc;

import dev.farpool.common.DaemonThreads;
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
      new ScheduledThreadPoolExecutor(THREADS, new DaemonThreads("farpool-timer-"));

  /** Starts its threads when they are first needed. */
  public LinkTimer() {
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
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
