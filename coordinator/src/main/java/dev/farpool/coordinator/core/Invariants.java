package dev.farpool.coordinator.core;

/** What must always be true of the scheduler's state; for tests. */
final class Invariants {
  private final WorkerTable workers;
  private final PoolTable pools;

  Invariants(WorkerTable workers, PoolTable pools) {
    this.workers = workers;
    this.pools = pools;
  }

  void check() {
    for (Worker worker : workers.all()) {
      checkSlots(worker);
    }
    for (Pool pool : pools.known()) {
      checkTasks(pool);
      checkLanes(pool);
    }
  }

  private static void checkSlots(Worker worker) {
    int slots = 0;
    for (Allotment allotment : worker.allotments.values()) {
      slots += allotment.slots();
      require(
          allotment.pool.allotments.get(worker) == allotment,
          "pool and worker disagree on an allotment");
    }
    require(slots == worker.taken(), "worker " + worker.name() + " has slots taken by nobody");
    require(worker.isWithinCores(), "worker " + worker.name() + " has more slots taken than cores");
    int idle = worker.isAvailable() ? Math.max(0, worker.free()) : 0;
    require(
        worker.moved || worker.idleRank == idle,
        "worker " + worker.name() + " is in the wrong place");
  }

  private void checkTasks(Pool pool) {
    long waiting = 0;
    long open = 0;
    for (Slab slab : pool.queue.slabs()) {
      require(!slab.isSpent(), "a slab is kept that nobody needs");
      long waitingHere = 0;
      for (long index = slab.first; index < slab.end(); index++) {
        waitingHere += slab.isWaiting(index) ? 1 : 0;
        open += slab.hasOutcome(index) ? 0 : 1;
        checkHolder(pool, slab, index);
      }
      require(waitingHere == slab.waiting(), "a slab counts its waiting tasks wrong");
      waiting += waitingHere;
    }
    Slab head = pool.queue.head();
    require(
        pool.readyRank < 0 || (head != null && head.arrival == pool.readyRank),
        "a pool stands in the wrong place for its next task");
    require(waiting == pool.queue.waiting(), "a queue counts its waiting tasks wrong");
    open += pool.queue.missing().count();
    require(open == pool.unfinished, "a pool counts its unfinished tasks wrong");
    require(
        pool.log.end() == pool.succeeded + pool.failed,
        "a pool has not as many outcomes as tasks that ended");
    require(
        pool.queue.known() == pool.unfinished + pool.log.end() + pool.queue.resumption.finished(),
        "a task was lost or ended twice");
  }

  private void checkHolder(Pool pool, Slab slab, long index) {
    int holder = slab.holder(index);
    if (holder != 0) {
      Worker worker = workers.numbered(holder);
      require(
          worker != null && pool.allotments.get(worker) != null,
          "task " + index + " is held by nobody");
    }
  }

  private static void checkLanes(Pool pool) {
    int lanes = 0;
    for (Allotment allotment : pool.allotments.values()) {
      lanes += allotment.lanes();
      long held = 0;
      for (Slab slab : pool.queue.slabs()) {
        for (long index = slab.first; index < slab.end(); index++) {
          held += slab.holder(index) == allotment.worker.number ? 1 : 0;
        }
      }
      require(
          held == allotment.narrowTasks() + allotment.wideTasks(),
          "an allotment counts its tasks wrong");
    }
    require(lanes == pool.lanes(), "a pool counts its lanes wrong");
    require(pool.isWithinProcesses(), "a pool has more lanes than processes");
  }

  private static void require(boolean held, String otherwise) {
    if (!held) {
      throw new IllegalStateException(otherwise);
    }
  }
}
