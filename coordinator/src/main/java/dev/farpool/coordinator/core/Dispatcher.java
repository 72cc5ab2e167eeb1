package dev.farpool.coordinator.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

/**
 * Hands waiting tasks to workers: first in, first out.
 *
 * <p>The pools whose next task might go somewhere are kept in the order of that task's arrival. A
 * pass serves them in this order. A pool that finds no slot closes the workers it waits for to all
 * younger tasks, prefetched ones included, so that what drains there is its own.
 */
final class Dispatcher {
  private enum Served {
    /** All tasks that were offered are gone. */
    ALL,
    /** The pool has as many lanes as it may have; its own reports bring it back. */
    AT_LIMIT,
    /** Its next task waits for slots. */
    BLOCKED,
    /** No worker there could run its next task; a worker that comes or changes brings it back. */
    PARKED
  }

  private final WorkerTable workers;
  private final PoolTable pools;
  private final Effects effects;
  private final Recorder recorder;
  private final List<Allotment> plan = new ArrayList<>();
  private final TreeSet<Pool> ready =
      new TreeSet<>(
          Comparator.<Pool>comparingLong(pool -> pool.readyRank)
              .thenComparingLong(pool -> pool.number));
  private long pass;
  private boolean closed;

  Dispatcher(WorkerTable workers, PoolTable pools, Effects effects, Recorder recorder) {
    this.workers = workers;
    this.pools = pools;
    this.effects = effects;
    this.recorder = recorder;
  }

  /** To be called after anything changed that may let the next task of a pool go. */
  void touch(Pool pool) {
    Slab head = pool.hasEnded() ? null : pool.queue.head();
    long rank = head == null ? -1 : head.arrival;
    if (rank == pool.readyRank) {
      return;
    }
    if (pool.readyRank >= 0) {
      ready.remove(pool);
    }
    pool.readyRank = rank;
    if (rank >= 0) {
      ready.add(pool);
    }
  }

  /** To be called after tasks have left a worker: what they do not need any more is free. */
  void settle(Allotment allotment) {
    allotment.settle();
    workers.reorder(allotment.worker);
    if (allotment.credit() > 0) {
      allotment.markHungry();
    }
    touch(allotment.pool);
  }

  /** Hands out what can be handed out now. */
  void dispatch() {
    pass++;
    closed = false;
    List<Pool> blocked = new ArrayList<>();
    while (!closed && !ready.isEmpty()) {
      Pool pool = ready.pollFirst();
      pool.readyRank = -1;
      Served served = serve(pool);
      if (served == Served.ALL) {
        touch(pool);
      } else if (served == Served.BLOCKED) {
        blocked.add(pool);
      }
    }
    blocked.forEach(this::touch);
  }

  private Served serve(Pool pool) {
    Slab slab = pool.queue.head();
    return slab.terms.cores() == 1 ? serveNarrow(pool, slab) : serveWide(pool, slab);
  }

  private Served serveNarrow(Pool pool, Slab slab) {
    int offered = pool.queue.offered(slab);
    int planned = planSlots(pool, slab.terms, offered);
    planned += planPrefetch(pool, slab.terms, offered - planned);
    for (Allotment allotment : plan) {
      int tasks = allotment.planned;
      allotment.planned = 0;
      hand(allotment, slab, tasks);
    }
    plan.clear();
    if (planned == offered) {
      return Served.ALL;
    }
    return pool.isAtLimit() ? Served.AT_LIMIT : block(pool, slab.terms);
  }

  /** Takes free slots, as many as there are tasks and the pool may have. */
  private int planSlots(Pool pool, Terms terms, int tasks) {
    int wanted = Math.min(tasks, pool.spec.getProcesses() - pool.lanes());
    for (int planned = 0; planned < wanted; planned++) {
      Allotment allotment = idlest(pool, terms);
      if (allotment == null) {
        return planned;
      }
      allotment.grantSlot();
      workers.reorder(allotment.worker);
      allotment.markHungry();
      plan(allotment, 1);
    }
    return Math.max(0, wanted);
  }

  /**
   * Shares tasks out over what workers take beyond their slots, in proportion to the slots. Where
   * the tasks are few, it gives portions to some workers instead, as every message costs the same;
   * the others are the next in turn. None of the tasks that start at most once: a lost worker would
   * take along some that had not begun.
   */
  private int planPrefetch(Pool pool, Terms terms, int tasks) {
    if (tasks == 0 || pool.hungry.isEmpty() || terms.atMostOnce()) {
      return 0;
    }
    long slots = 0;
    pool.hungry.removeIf(Allotment::isSated);
    for (Allotment allotment : pool.hungry) {
      slots += takes(allotment, terms) ? allotment.slots() : 0;
    }
    int planned = 0;
    for (int left = pool.hungry.size(); left > 0 && planned < tasks; left--) {
      Allotment allotment = pool.hungry.removeFirst();
      pool.hungry.addLast(allotment);
      if (takes(allotment, terms)) {
        long share = (tasks * (long) allotment.slots() + slots - 1) / slots;
        int more = Math.min(allotment.credit() - allotment.planned, tasks - planned);
        more = (int) Math.min(more, Math.max(share, allotment.portion()));
        plan(allotment, more);
        planned += more;
      }
    }
    return planned;
  }

  private void plan(Allotment allotment, int tasks) {
    if (tasks > 0) {
      if (allotment.planned == 0) {
        plan.add(allotment);
      }
      allotment.planned += tasks;
    }
  }

  /** Hands tasks of a slab, the pool's head, to a worker. */
  private void hand(Allotment allotment, Slab slab, int tasks) {
    Pool pool = allotment.pool;
    Worker worker = allotment.worker;
    Outgoing outgoing = workers.touch(worker);
    int left = tasks;
    while (left > 0) {
      long first = pool.queue.headIndex();
      int count = take(pool, slab, left, worker);
      allotment.addNarrow(count);
      outgoing.open(allotment);
      outgoing.define(allotment);
      outgoing.start(allotment, slab, first, count);
      if (outgoing.isFull()) {
        outgoing.flush(effects);
      }
      left -= count;
    }
  }

  /** Takes tasks from the head of a queue for a worker; the result is how many. */
  private int take(Pool pool, Slab slab, int most, Worker worker) {
    TaskQueue queue = pool.queue;
    long first = queue.headIndex();
    boolean fresh = queue.isHeadFresh();
    int count = queue.take(Traces.together(slab, most), Outgoing.FULL_BYTES, worker.number);
    recorder.handedOut(pool, slab, first, count, fresh);
    return count;
  }

  private Served serveWide(Pool pool, Slab slab) {
    int offered = pool.queue.offered(slab);
    while (offered > 0 && !pool.isAtLimit()) {
      Allotment allotment = idlest(pool, slab.terms);
      if (allotment == null) {
        return block(pool, slab.terms);
      }
      handWide(allotment, slab);
      offered--;
    }
    return offered == 0 ? Served.ALL : Served.AT_LIMIT;
  }

  private void handWide(Allotment allotment, Slab slab) {
    Pool pool = allotment.pool;
    long first = pool.queue.headIndex();
    take(pool, slab, 1, allotment.worker);
    allotment.addWide(slab.terms.cores());
    workers.reorder(allotment.worker);
    Outgoing outgoing = workers.touch(allotment.worker);
    outgoing.open(allotment);
    outgoing.define(allotment);
    outgoing.start(allotment, slab, first, 1);
    if (outgoing.isFull()) {
      outgoing.flush(effects);
    }
  }

  /**
   * The pool's part of a worker with room for a task, warm ones first, then the idlest; or null.
   */
  private Allotment idlest(Pool pool, Terms terms) {
    Allotment warm = warm(pool, terms);
    if (warm != null) {
      return warm;
    }
    for (Worker worker : workers.idlest()) {
      if (worker.free() < terms.cores()) {
        return null;
      }
      if (hasRoom(worker, pool, terms)) {
        return pools.allotment(pool, worker);
      }
    }
    return null;
  }

  private Allotment warm(Pool pool, Terms terms) {
    for (Iterator<Allotment> each = pool.warm.iterator(); each.hasNext(); ) {
      Allotment allotment = each.next();
      if (!allotment.isWarm()) {
        each.remove();
      } else if (hasRoom(allotment.worker, pool, terms)) {
        return allotment;
      }
    }
    return null;
  }

  private boolean hasRoom(Worker worker, Pool pool, Terms terms) {
    if (worker.free() < terms.cores() || !worker.isAvailable() || worker.closedInPass == pass) {
      return false;
    }
    Allotment allotment = pool.allotments.get(worker);
    if (allotment != null
        && (allotment.isBanned() || (terms.cores() > 1 && allotment.hasPrefetched()))) {
      return false;
    }
    return worker.hasLabels(terms.labels());
  }

  private boolean takes(Allotment allotment, Terms terms) {
    Worker worker = allotment.worker;
    return worker.isAvailable()
        && worker.closedInPass != pass
        && !allotment.isBanned()
        && worker.hasLabels(terms.labels());
  }

  /** Keeps the workers that a blocked pool waits for from younger tasks. */
  private Served block(Pool pool, Terms terms) {
    if (terms.cores() == 1 && terms.labels().isEmpty() && pool.bans == 0) {
      closed = true; // Nobody has a free slot.
      return workers.all().isEmpty() ? Served.PARKED : Served.BLOCKED;
    }
    Worker roomiest = null;
    boolean possible = false;
    for (Worker worker : workers.all()) {
      if (Fitness.of(worker, pool, terms) == Fitness.FITS) {
        possible = true;
        if (terms.cores() == 1) {
          worker.closedInPass = pass;
        } else if (worker.isAvailable()
            && worker.closedInPass != pass
            && (roomiest == null || worker.free() > roomiest.free())) {
          roomiest = worker;
        }
      }
    }
    if (roomiest != null) {
      roomiest.closedInPass = pass;
    }
    return possible ? Served.BLOCKED : Served.PARKED;
  }
}
