package dev.farpool.coordinator.core;

import dev.farpool.v1.PoolStatus;
import java.util.List;

/** Tells workers that pools have ended. */
final class Releases {
  private final SchedulerLimits limits;
  private final WorkerTable workers;
  private final PoolTable pools;

  Releases(SchedulerLimits limits, WorkerTable workers, PoolTable pools) {
    this.limits = limits;
    this.workers = workers;
    this.pools = pools;
  }

  /** Sends the executors of an ended pool away, once. */
  void releaseIfEnded(Pool pool, long nowNanos) {
    if (!pool.hasEnded() || pool.released) {
      return;
    }
    pool.released = true;
    boolean kill = pool.state != PoolStatus.State.STATE_CLOSE;
    for (Allotment allotment : List.copyOf(pool.allotments.values())) {
      if (allotment.opened) {
        workers.touch(allotment.worker).release(pool, kill);
      }
      if (allotment.isIdle()) {
        pools.remove(allotment);
      } else {
        allotment.releaseDeadlineNanos = nowNanos + patienceNanos(pool);
      }
    }
  }

  /** How long a worker has to report that the killed tasks of a pool are gone. */
  private long patienceNanos(Pool pool) {
    long grace = pool.spec.hasStopGrace() ? Terms.nanos(pool.spec.getStopGrace()) : 5_000_000_000L;
    return 2 * grace + limits.lease().toNanos();
  }
}
