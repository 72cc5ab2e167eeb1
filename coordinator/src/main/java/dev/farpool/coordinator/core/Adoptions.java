package dev.farpool.coordinator.core;

import dev.farpool.v1.CancelMode;
import dev.farpool.v1.HeldAttempts;
import dev.farpool.v1.IndexRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings together what clients and workers tell after a coordinator was lost: the clients which
 * tasks have no outcome, the workers which of them they still hold. Whichever comes first waits.
 */
final class Adoptions {
  private final Settling settling;
  private final Effects effects;
  private final WorkerTable workers;
  private final PoolTable pools;
  private final Outcomes outcomes;
  private final Recorder recorder;
  private final Dispatcher dispatcher;

  Adoptions(
      Settling settling,
      Effects effects,
      WorkerTable workers,
      PoolTable pools,
      Outcomes outcomes,
      Recorder recorder,
      Dispatcher dispatcher) {
    this.settling = settling;
    this.effects = effects;
    this.workers = workers;
    this.pools = pools;
    this.outcomes = outcomes;
    this.recorder = recorder;
    this.dispatcher = dispatcher;
  }

  /**
   * Keeps what a worker holds of a pool that is not here yet, or tells it that the pool will not
   * come.
   */
  void claim(Worker worker, HeldAttempts held, boolean ofThisCoordinator, long nowNanos) {
    boolean known = pools.find(held.getPoolId()) != null;
    if (known || (!ofThisCoordinator && !settling.isOver())) {
      worker.claims.put(held.getPoolId(), held);
    } else {
      forget(worker.outgoing, held.getPoolId(), nowNanos);
    }
  }

  private void forget(Outgoing outgoing, String poolId, long nowNanos) {
    outgoing.forget(poolId);
    settling.letGo(poolId, nowNanos);
  }

  /** A pool is here with all its tasks, or has ended without. */
  void arrived(Pool pool) {
    for (Worker worker : workers.all()) {
      HeldAttempts held = worker.claims.remove(pool.id);
      if (held != null) {
        match(worker, pool, held);
        Allotment allotment = pool.allotments.get(worker);
        Outgoing outgoing = workers.touch(worker);
        outgoing.open(allotment);
        outgoing.define(allotment);
        outgoing.flush(effects); // A new attempt must not meet the stop of an old one.
      }
    }
    if (settling.isOver(pool.id)) {
      open(pool);
    }
    dispatcher.touch(pool);
  }

  /** Lets tasks of the time before go, once no worker can hold them unheard. */
  void settle(long nowNanos) {
    if (settling.endsBy(nowNanos)) {
      forgetUnknown(nowNanos);
      List.copyOf(pools.all()).forEach(this::open);
    }
    for (String poolId : settling.takeGone(nowNanos)) {
      Pool pool = pools.find(poolId);
      if (pool != null) {
        open(pool);
      }
    }
  }

  private void forgetUnknown(long nowNanos) {
    for (Worker worker : workers.all()) {
      List<String> unknown = new ArrayList<>(worker.claims.keySet());
      unknown.removeIf(id -> pools.find(id) != null);
      if (!unknown.isEmpty()) {
        worker.claims.keySet().removeAll(unknown);
        Outgoing outgoing = workers.touch(worker);
        unknown.forEach(poolId -> forget(outgoing, poolId, nowNanos));
        outgoing.flush(effects);
      }
    }
  }

  /** Lets the tasks of the time before go. */
  private void open(Pool pool) {
    if (pool.queue.isComplete() && !pool.queue.resumption.isOpen()) {
      IndexRanges doubtful = pool.queue.doubtful();
      pool.queue.resumption.open();
      doubtful.forEach(
          index -> {
            Slab slab = pool.queue.find(index);
            recorder.ending(pool, slab, index, Failures.COORDINATOR_LOST);
            pool.queue.endWaiting(slab, index);
            pool.queue.dropIfSpent(slab);
          });
      outcomes.addAll(pool, doubtful, Failures.COORDINATOR_LOST);
      dispatcher.touch(pool);
    }
  }

  /**
   * Compares what a worker holds of a pool with what it should hold, adopts what nobody else has,
   * and has the rest stopped.
   *
   * @return what stays at the worker
   */
  IndexRanges match(Worker worker, Pool pool, HeldAttempts held) {
    Allotment allotment = pools.allotment(pool, worker);
    IndexRanges kept = new IndexRanges();
    IndexRanges stopped = new IndexRanges();
    IndexRanges current = new IndexRanges();
    boolean adopted = false;
    for (int i = 0; i < held.getIndexesCount(); i++) {
      long index = held.getIndexes(i);
      int attempt = held.getAttempts(i);
      Slab slab = pool.queue.find(index);
      boolean counts = slab != null && slab.isCurrent(index, worker.number, attempt);
      if (!counts && slab != null && adopt(allotment, slab, index, attempt)) {
        counts = true;
        adopted = true;
      }
      if (counts || (slab != null && slab.isStopping(index, worker.number))) {
        kept.add(index);
      }
      (counts ? current : stopped).add(index);
    }
    current.forEach(stopped::remove); // It may hold the report of an older attempt as well.
    if (adopted) {
      allotment.bringSlots(held.getSlots());
    }
    dispatcher.settle(allotment);
    if (!stopped.isEmpty()) {
      worker.outgoing.cancel(pool, stopped.toMessages(), CancelMode.CANCEL_MODE_KILL);
    }
    return kept;
  }

  /** Takes a task for one that a worker runs already, if it can be; whether it was. */
  private boolean adopt(Allotment allotment, Slab slab, long index, int attempt) {
    TaskQueue queue = allotment.pool.queue;
    Worker worker = allotment.worker;
    if (slab.hasOutcome(index)) {
      return false;
    }
    if (queue.isReturned(slab, index) && attempt == slab.attempt(index)) {
      // It was given back, and will be again: not to be taken for the next to hold this attempt.
      queue.holdReturned(slab, index, worker.number);
    } else if (index >= queue.resumption.nextIndex) {
      return false;
    } else if (queue.isFresh(slab, index) && attempt >= slab.attempt(index)) {
      queue.adopt(slab, index, worker.number, attempt);
    } else if (isAtAnother(slab, index, worker) && attempt > slab.attempt(index)) {
      takeAway(allotment.pool, slab, index);
      slab.move(index, worker.number, attempt);
    } else {
      return false;
    }
    allotment.adopt(slab.terms.cores());
    return true;
  }

  private static boolean isAtAnother(Slab slab, long index, Worker worker) {
    return !slab.isWaiting(index) && slab.holder(index) != worker.number;
  }

  /** Another worker has a later attempt of a task. */
  private void takeAway(Pool pool, Slab slab, long index) {
    Worker loser = workers.numbered(slab.holder(index));
    Allotment allotment = pool.allotments.get(loser);
    allotment.removeTask(slab.terms.cores());
    dispatcher.settle(allotment);
    IndexRange task = IndexRange.newBuilder().setFirst(index).setCount(1).build();
    workers.touch(loser).cancel(pool, List.of(task), CancelMode.CANCEL_MODE_KILL);
  }
}
