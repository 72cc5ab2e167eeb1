package dev.farpool.coordinator.core;

import dev.farpool.v1.ExecutorFailed;
import dev.farpool.v1.Failure;

/** Executors that could not be made ready: after three in a row it is not tried on and on. */
final class ExecutorFailures {
  private static final int IN_A_ROW = 3;

  private final WorkerTable workers;
  private final Endings endings;
  private final long banNanos;

  ExecutorFailures(WorkerTable workers, Endings endings, long banNanos) {
    this.workers = workers;
    this.endings = endings;
    this.banNanos = banNanos;
  }

  void count(Allotment allotment, ExecutorFailed failed, long nowNanos) {
    Pool pool = allotment.pool;
    if (failed.getInitializer()) {
      if (++pool.initializerFailures >= IN_A_ROW) {
        endings.breakDown(pool, failed.getFailure());
      }
    } else if (++allotment.startFailures >= IN_A_ROW) {
      allotment.ban(nowNanos + banNanos);
      breakIfNowhereElse(pool, failed.getFailure());
      recall(allotment);
    }
  }

  /** An executor of the pool has shown that it works. */
  void forget(Allotment allotment) {
    allotment.startFailures = 0;
    allotment.pool.initializerFailures = 0;
  }

  private void breakIfNowhereElse(Pool pool, Failure failure) {
    Slab head = pool.queue.head();
    for (Worker worker : workers.all()) {
      if (head == null) {
        // All its tasks are handed out: those of the banned workers may go to any other.
        if (!isBanned(pool, worker)) {
          return;
        }
      } else if (Fitness.of(worker, pool, head.terms) == Fitness.FITS) {
        return;
      }
    }
    endings.breakDown(pool, failure);
  }

  private static boolean isBanned(Pool pool, Worker worker) {
    Allotment allotment = pool.allotments.get(worker);
    return allotment != null && allotment.isBanned();
  }

  /** Asks for what waits there, so that others can run it. */
  private void recall(Allotment allotment) {
    IndexRanges held = new IndexRanges();
    for (Slab slab : allotment.pool.queue.slabs()) {
      slab.addHeld(allotment.worker.number, held);
    }
    if (!held.isEmpty()) {
      workers.touch(allotment.worker).recall(allotment.pool, held.toMessages());
    }
  }
}
