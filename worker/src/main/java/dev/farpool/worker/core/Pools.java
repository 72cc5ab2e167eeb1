package dev.farpool.worker.core;

import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.FunctionsDefined;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.OutputTaken;
import dev.farpool.v1.PoolOpened;
import dev.farpool.v1.PoolReleased;
import dev.farpool.v1.RecallAttempts;
import dev.farpool.v1.StartAttempts;
import dev.farpool.v1.StopAttempts;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pools this worker was told of, and what it was told about them. */
final class Pools {
  private final Effects effects;
  private final Roster roster;
  private final Reports reports;
  private final Stopper stopper;
  private final Fetching fetching;
  private final Balancer balancer;
  private final Stalls stalls;
  private final Map<String, HeldPool> byId = new LinkedHashMap<>();
  private final Map<Long, HeldPool> byNumber = new LinkedHashMap<>();

  Pools(Effects effects, Roster roster, Reports reports, Stopper stopper, Fetching fetching) {
    this.effects = effects;
    this.roster = roster;
    this.reports = reports;
    this.stopper = stopper;
    this.fetching = fetching;
    this.balancer = new Balancer(effects, roster);
    this.stalls = new Stalls(reports, stopper);
  }

  Collection<HeldPool> all() {
    return byId.values();
  }

  /**
   * The worker is registered anew. What it holds of its pools is kept until the coordinator opens
   * them again or says that they are forgotten.
   */
  void registered(long now) {
    byNumber.clear();
    for (HeldPool pool : byId.values()) {
      pool.forgetNumber(now);
      pool.creditDue = pool.gauge.granted() > 0;
    }
  }

  private void forgetWaiting(HeldPool pool) {
    pool.waiting.removeAll();
    pool.fetching.clear();
    pool.doomed.clear();
  }

  void open(PoolOpened opened) {
    HeldPool known = byId.get(opened.getPoolId());
    if (known != null && !known.released) {
      known.setNumber(opened.getPool());
      known.pipelines.forEach(Pipeline::reportStartAgain);
      byNumber.put(opened.getPool(), known);
      return;
    }
    HeldPool pool = new HeldPool(opened);
    byId.put(pool.id, pool);
    byNumber.put(pool.number(), pool);
    effects.fetchCode(pool.id, pool.spec);
    if (pool.spec.hasInitializer()) {
      FunctionDefinition function = pool.spec.getInitializer().getFunction();
      fetching.define(pool, function.toBuilder().setNumber(HeldPool.INITIALIZER).build());
    }
  }

  void define(FunctionsDefined defined) {
    HeldPool pool = byNumber.get(defined.getPool());
    if (pool != null) {
      defined.getFunctionsList().forEach(function -> fetching.define(pool, function));
    }
  }

  void start(StartAttempts start) {
    HeldPool pool = byNumber.get(start.getPool());
    if (pool != null && !pool.released) {
      pool.slots = start.getSlots();
      fetching.start(pool, start);
      refetchCode(pool);
    }
  }

  void stop(StopAttempts stop, long now) {
    HeldPool pool = byNumber.get(stop.getPool());
    if (pool != null) {
      stopper.stop(pool, stop, now);
      for (IndexRange tasks : stop.hasSignal() ? List.<IndexRange>of() : stop.getTasksList()) {
        long end = tasks.getFirst() + tasks.getCount();
        fetching.cancel(pool, tasks.getFirst(), end, stop.getCancel());
      }
    }
  }

  /** Gives back what has not started, at once or when the executors have let go of it. */
  void recall(RecallAttempts recall) {
    HeldPool pool = byNumber.get(recall.getPool());
    if (pool == null) {
      return;
    }
    for (IndexRange tasks : recall.getTasksList()) {
      long end = tasks.getFirst() + tasks.getCount();
      reports.returned(pool, pool.waiting.remove(tasks.getFirst(), end));
      fetching.giveBack(pool, tasks.getFirst(), end);
    }
    pool.pipelines.forEach(stopper::recall);
    pool.recalledWanted = true;
  }

  void release(PoolReleased released, long now) {
    HeldPool pool = byNumber.remove(released.getPool());
    if (pool != null) {
      release(pool, released.getKill(), now);
    }
  }

  /** A pool will not be opened again. */
  void forget(String poolId, long now) {
    HeldPool pool = byId.get(poolId);
    if (pool != null && !pool.released) {
      byNumber.remove(pool.number());
      release(pool, true, now);
    }
  }

  /** Output of a pool has come to its client. */
  void outputTaken(OutputTaken taken) {
    HeldPool pool = byNumber.get(taken.getPool());
    if (pool != null) {
      pool.output.taken(taken.getBytes());
    }
  }

  private void release(HeldPool pool, boolean kill, long now) {
    pool.released = true;
    forgetWaiting(pool);
    reports.drop(pool);
    for (Pipeline pipeline : List.copyOf(pool.pipelines)) {
      if (kill && !pipeline.inFlight.isEmpty()) {
        stopper.terminate(pipeline, null, now);
      } else if (pipeline.stop == null) {
        roster.release(pipeline, now);
      }
    }
  }

  void codeReady(String poolId) {
    HeldPool pool = byId.get(poolId);
    if (pool == null) {
      effects.dropPool(poolId); // It was over before its code was there.
    } else {
      pool.codeReady = true;
    }
  }

  void codeFailed(String poolId, String reason, long now) {
    HeldPool pool = byId.get(poolId);
    if (pool == null) {
      effects.dropPool(poolId);
    } else if (!pool.released) {
      pool.startFailed(now);
      pool.codeDue = true;
      reports.executorFailed(pool, Failures.noCode(reason), false);
      reports.returned(pool, pool.waiting.removeAll());
    }
  }

  /**
   * The lease has run out: all executors are killed, and nothing is told of what they ran. What had
   * ended before is kept to be told.
   */
  void abandonAll() {
    for (HeldPool pool : byId.values()) {
      forgetWaiting(pool);
      for (Pipeline pipeline : pool.pipelines) {
        pipeline.abandon();
        effects.kill(pipeline.id);
      }
    }
  }

  /** Gives out tasks, and forgets pools that are over. */
  void settle(long now, Link link) {
    long roundTripNanos = link.roundTripNanos();
    for (Iterator<HeldPool> all = byId.values().iterator(); all.hasNext(); ) {
      HeldPool pool = all.next();
      if (link.isDraining()) {
        giveBack(pool);
      }
      stalls.relieve(pool, now, roundTripNanos);
      pool.creditDue |= pool.gauge.regrant(roundTripNanos);
      balancer.balance(pool, now);
      reportStarts(pool);
      if (isForgotten(pool, now, link)) {
        release(pool, true, now);
      }
      if (pool.released && pool.pipelines.isEmpty()) {
        all.remove();
        reports.drop(pool);
        effects.dropPool(pool.id);
      }
    }
  }

  /** When {@link #settle} has something to do. */
  long due(Link link) {
    long due = Long.MAX_VALUE;
    for (HeldPool pool : byId.values()) {
      if (!pool.waiting.isEmpty() && pool.noStartBeforeNanos() != Long.MIN_VALUE) {
        due = Math.min(due, pool.noStartBeforeNanos());
      }
      due = Math.min(due, stalls.due(pool, link.roundTripNanos()));
    }
    return due;
  }

  /** Returns tasks that were recalled and for which there is no free slot here. */
  void returnUnstartable(HeldPool pool) {
    boolean recalling = false;
    for (Pipeline pipeline : pool.pipelines) {
      recalling |= pipeline.recalling;
    }
    boolean full = pool.busySlots() >= pool.slots && pool.living() >= pool.slots;
    if (pool.recalledWanted || full) {
      reports.returned(pool, pool.waiting.removeAll());
    }
    pool.recalledWanted &= recalling;
  }

  /** A pool of which nothing is left here is not named to the coordinator, who cannot forget it. */
  private boolean isForgotten(HeldPool pool, long now, Link link) {
    return !pool.isNumbered()
        && !pool.released
        && now - pool.unnumberedSinceNanos > link.leaseNanos()
        && reports.held(pool).isEmpty();
  }

  private void giveBack(HeldPool pool) {
    reports.returned(pool, pool.waiting.removeAll());
    fetching.giveBack(pool, 0, Long.MAX_VALUE);
  }

  private void reportStarts(HeldPool pool) {
    if (!pool.spec.getReportStarts() || pool.released || !pool.isNumbered()) {
      return;
    }
    for (Pipeline pipeline : pool.pipelines) {
      boolean unreported =
          !pipeline.inFlight.isEmpty() && pipeline.inFlight.done() >= pipeline.reportedStarts;
      if (unreported) {
        TaskRun head = pipeline.inFlight.head();
        pipeline.reportedStarts = pipeline.inFlight.done() + 1;
        reports.started(pool, head.firstIndex(), head.attempt(), pipeline.pid);
      }
    }
  }

  private void refetchCode(HeldPool pool) {
    if (pool.codeDue) {
      pool.codeDue = false;
      effects.fetchCode(pool.id, pool.spec);
    }
  }
}
