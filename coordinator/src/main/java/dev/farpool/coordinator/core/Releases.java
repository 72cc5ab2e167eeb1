package dev.farpool.coordinator.core;

import dev.farpool.v1.PoolStatus;
import java.util.List;

/**
 * Sends the executors of ended pools away. Where tasks are still being killed the worker hears of
 * the end when it has reported the last of them, so that it can report them.
 */
final class Releases {
  private static final long DEFAULT_STOP_GRACE_NANOS = 5_000_000_000L;

  private final SchedulerLimits limits;
  private final WorkerTable workers;
  private final PoolTable pools;

  Releases(SchedulerLimits limits, WorkerTable workers, PoolTable pools) {
    this.limits = limits;
    this.workers = workers;
    this.pools = pools;
  }

  /** Begins to release a pool that has ended. */
  void release(Pool pool, long nowNanos) {
    pool.released = true;
    for (Allotment allotment : List.copyOf(pool.allotments.values())) {
      allotment.releaseDeadlineNanos = nowNanos + patienceNanos(pool);
      releaseIfIdle(allotment);
    }
  }

  /** To be called after tasks have left a worker. */
  void releaseIfIdle(Allotment allotment) {
    if (allotment.pool.released && allotment.isIdle()) {
      release(allotment);
    }
  }

  /** Tells the worker that the pool has ended, and forgets what the pool has there. */
  void release(Allotment allotment) {
    if (allotment.opened) {
      boolean kill = allotment.pool.state != PoolStatus.State.STATE_CLOSE;
      workers.touch(allotment.worker).release(allotment.pool, kill);
    }
    pools.remove(allotment);
  }

  /** How long a worker has to report that the killed tasks of a pool are gone. */
  private long patienceNanos(Pool pool) {
    long grace =
        pool.spec.hasStopGrace() ? Terms.nanos(pool.spec.getStopGrace()) : DEFAULT_STOP_GRACE_NANOS;
    return 2 * grace + limits.lease().toNanos();
  }
}
