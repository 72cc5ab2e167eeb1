package dev.farpool.coordinator.core;

import dev.farpool.v1.HeldAttempts;
import dev.farpool.v1.Register;
import dev.farpool.v1.Registered;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Workers that come, come back, fall silent and go. */
final class Registrations {
  private final SchedulerLimits limits;
  private final Effects effects;
  private final WorkerTable workers;
  private final PoolTable pools;
  private final Endings endings;
  private final Releases releases;
  private final Adoptions adoptions;
  private final Dispatcher dispatcher;
  private int lastNumber;

  Registrations(
      SchedulerLimits limits,
      Effects effects,
      WorkerTable workers,
      PoolTable pools,
      Endings endings,
      Releases releases,
      Adoptions adoptions,
      Dispatcher dispatcher) {
    this.limits = limits;
    this.effects = effects;
    this.workers = workers;
    this.pools = pools;
    this.endings = endings;
    this.releases = releases;
    this.adoptions = adoptions;
    this.dispatcher = dispatcher;
  }

  /**
   * Takes a worker in, or back.
   *
   * @throws Refusal if another worker that is not given up has this name
   */
  void attach(
      long link, String owner, Register register, Registered answer, long sequence, long nowNanos) {
    Worker worker = workers.named(register.getName());
    if (worker == null) {
      worker = new Worker(++lastNumber, owner, register, nowNanos);
      workers.add(worker);
    } else {
      takeOver(worker, owner, register, nowNanos);
    }
    worker.heardNanos = nowNanos;
    worker.suspect = false;
    workers.connect(worker, link);
    worker.outgoing.registered(answer);
    worker.outgoing.handled(sequence);
    if (worker.drainReason != null) {
      worker.outgoing.drain(worker.drainReason); // It may not have arrived.
    }
    boolean back =
        !answer.getCoordinatorId().isEmpty()
            && answer.getCoordinatorId().equals(register.getLastCoordinatorId());
    reconcile(worker, register, back, nowNanos);
    workers.reorder(worker);
    touchPools();
  }

  private void takeOver(Worker worker, String owner, Register register, long nowNanos) {
    if (!worker.owner.equals(owner)) {
      throw new Refusal(
          Refusal.Reason.ALREADY_EXISTS,
          "register.name: a worker "
              + worker.name()
              + " of another identity is registered; choose another name");
    }
    if (!worker.register.getInstanceId().equals(register.getInstanceId())) {
      throw new Refusal(
          Refusal.Reason.ALREADY_EXISTS,
          String.format(
              "register.name: worker %s already runs on %s with pid %d (heard of %s ago); stop it,"
                  + " choose another name, or wait %s after it has stopped",
              worker.name(),
              worker.host(),
              worker.register.getPid(),
              Failures.seconds(nowNanos - worker.heardNanos),
              Failures.seconds(silenceNanos())));
    }
    if (worker.connected) {
      effects.endLink(worker.epoch, "another connection of this worker has taken over");
      workers.disconnect(worker);
    }
    worker.register = register;
  }

  /**
   * Compares what the worker holds with what it should hold. Its pools that live are opened again
   * in the first message.
   */
  private void reconcile(Worker worker, Register register, boolean back, long nowNanos) {
    Map<Pool, IndexRanges> kept = new LinkedHashMap<>();
    worker.claims.clear();
    for (HeldAttempts held : register.getHeldList()) {
      Pool pool = pools.of(worker, held.getPoolId());
      if (pool != null && pool.queue.isComplete()) {
        kept.put(pool, adoptions.match(worker, pool, held));
      } else {
        adoptions.claim(worker, held, back, nowNanos);
      }
    }
    for (Allotment allotment : List.copyOf(worker.allotments.values())) {
      IndexRanges here = kept.getOrDefault(allotment.pool, new IndexRanges());
      if (back && register.getIntact()) {
        putBackUnless(here, allotment, nowNanos);
      } else {
        loseUnless(here, allotment);
      }
      allotment.opened = false;
      allotment.functionsSent = 0;
      allotment.takeOutputTaken();
      worker.outgoing.open(allotment);
      worker.outgoing.define(allotment);
      releases.releaseIfIdle(allotment);
    }
    worker.outgoing.flush(effects); // A new attempt must not meet the stop of an old one.
  }

  /** Takes back what a pool has at a worker, but for some tasks: it never arrived there. */
  private void putBackUnless(IndexRanges kept, Allotment allotment, long nowNanos) {
    leaveUnless(
        kept, allotment, (slab, index) -> endings.putBack(allotment.pool, slab, index, nowNanos));
  }

  /** Gives up what a pool has at a worker, but for some tasks. */
  private void loseUnless(IndexRanges kept, Allotment allotment) {
    Worker worker = allotment.worker;
    leaveUnless(
        kept,
        allotment,
        (slab, index) ->
            endings.lose(
                allotment.pool, slab, index, Failures.workerLost(worker, slab.attempt(index))));
  }

  /** Takes tasks from a worker, and does something with those that have no outcome. */
  private void leaveUnless(IndexRanges kept, Allotment allotment, Endings.TaskAction action) {
    Pool pool = allotment.pool;
    Worker worker = allotment.worker;
    IndexRanges held = new IndexRanges();
    pool.queue.slabs().forEach(slab -> slab.addHeld(worker.number, held));
    kept.forEach(held::remove);
    held.forEach(
        index -> {
          Slab slab = pool.queue.find(index);
          allotment.removeTask(slab.terms.cores());
          if (slab.isStopping(index, worker.number)) {
            slab.endHeld(index);
            pool.queue.dropIfSpent(slab);
          } else {
            action.take(slab, index);
          }
        });
    dispatcher.settle(allotment);
  }

  /** A connection is no more. A worker that has left for good is forgotten at once. */
  void disconnected(long link) {
    Worker worker = workers.at(link);
    if (worker == null) {
      return;
    }
    workers.disconnect(worker);
    if (worker.draining && worker.isIdle()) {
      giveUp(worker);
    }
  }

  /** A sign of life. */
  void heard(Worker worker, long nowNanos) {
    worker.heardNanos = nowNanos;
    if (worker.suspect) {
      worker.suspect = false;
      changed(worker);
    }
  }

  /** A worker's stream takes more. */
  void ready(long link) {
    Worker worker = workers.at(link);
    if (worker != null && !worker.ready) {
      worker.ready = true;
      changed(worker);
    }
  }

  /** A worker takes no more tasks, or does again. */
  void changed(Worker worker) {
    workers.reorder(worker);
    touchPools();
  }

  private void touchPools() {
    pools.known().forEach(dispatcher::touch);
  }

  /**
   * Suspects workers that are silent, gives up those whose lease has run out.
   *
   * @return how many were given up
   */
  int checkLeases(long nowNanos) {
    int lost = 0;
    for (Worker worker : List.copyOf(workers.all())) {
      long silent = nowNanos - worker.heardNanos;
      if (silent >= silenceNanos()) {
        effects.endLink(
            worker.epoch, "nothing was heard for " + Failures.seconds(silent) + "; register again");
        giveUp(worker);
        lost++;
      } else if (silent >= limits.suspect().toNanos() && !worker.suspect) {
        worker.suspect = true;
        workers.reorder(worker);
      }
      freeReleased(worker, nowNanos);
    }
    return lost;
  }

  /** Frees the slots of ended pools whose tasks the worker never reported. */
  private void freeReleased(Worker worker, long nowNanos) {
    for (Allotment allotment : List.copyOf(worker.allotments.values())) {
      if (allotment.releaseDeadlineNanos <= nowNanos) {
        loseUnless(new IndexRanges(), allotment);
        releases.release(allotment);
        changed(worker);
      } else if (allotment.liftBan(nowNanos)) {
        dispatcher.touch(allotment.pool);
      }
    }
  }

  private void giveUp(Worker worker) {
    for (Allotment allotment : List.copyOf(worker.allotments.values())) {
      loseUnless(new IndexRanges(), allotment);
      pools.remove(allotment);
    }
    workers.remove(worker);
    touchPools();
  }

  private long silenceNanos() {
    return limits.lease().plus(limits.margin()).toNanos();
  }
}
