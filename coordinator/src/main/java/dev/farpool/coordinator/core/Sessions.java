package dev.farpool.coordinator.core;

import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.ResumedPool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Clients that come, create pools, fall silent and go. */
final class Sessions {
  private final SchedulerLimits limits;
  private final PoolTable pools;
  private final Held held;
  private final Endings endings;
  private final Adoptions adoptions;
  private final OpenCalls calls;
  private final Map<String, Session> byId = new LinkedHashMap<>();

  Sessions(
      SchedulerLimits limits,
      PoolTable pools,
      Held held,
      Endings endings,
      Adoptions adoptions,
      OpenCalls calls) {
    this.limits = limits;
    this.pools = pools;
    this.held = held;
    this.endings = endings;
    this.adoptions = adoptions;
    this.calls = calls;
  }

  int count() {
    return byId.size();
  }

  void open(String id, String client, String owner, long nowNanos) {
    byId.put(id, new Session(id, client, owner, nowNanos));
  }

  /**
   * Says that there is no such session if it is somebody else's.
   *
   * @throws Refusal then
   */
  void check(Scope scope, String id) {
    Session session = byId.get(id);
    if (session != null && !scope.includes(session)) {
      throw Refusal.noSession();
    }
  }

  void hear(String id, long nowNanos) {
    get(id).hear(nowNanos);
  }

  /**
   * Creates a pool, or finds the one that an earlier call created.
   *
   * @param resumed how far it had come on a lost coordinator; empty for a new pool
   * @throws Refusal if there is no such session, the id is taken by another session's pool, or more
   *     tasks are to come than may be held
   */
  void createPool(
      String sessionId, String poolId, PoolSpec spec, ResumedPool resumed, long nowNanos) {
    Session session = get(sessionId);
    session.hear(nowNanos);
    Pool known = pools.find(poolId);
    if (known == null) {
      Resumption resumption = new Resumption(resumed);
      check(resumption);
      Pool pool =
          new Pool(
              pools.nextNumber(),
              poolId,
              spec,
              session,
              limits.maxAttempts(),
              resumption,
              held,
              nowNanos);
      if (spec.hasInitializer()) {
        pool.define(spec.getInitializer().getFunction());
      }
      pools.add(pool);
      session.pools.add(pool);
      if (pool.queue.isComplete()) {
        adoptions.arrived(pool);
      }
    } else if (known.session != session) {
      throw new Refusal(
          Refusal.Reason.ALREADY_EXISTS, "pool_id: the id belongs to a pool of another session");
    }
  }

  private void check(Resumption resumption) {
    long unfinished = resumption.nextIndex - resumption.finished();
    if (unfinished > limits.maxHeldTasks()) {
      throw new Refusal(
          Refusal.Reason.INVALID_ARGUMENT,
          "resumed.next_index must leave at most "
              + limits.maxHeldTasks()
              + " tasks without an outcome, not "
              + unfinished);
    }
  }

  private Session get(String id) {
    Session session = byId.get(id);
    if (session == null) {
      throw Refusal.noSession();
    }
    return session;
  }

  /** Ends a session and terminates its pools. No effect when there is none. */
  void close(String id) {
    Session session = byId.remove(id);
    if (session != null) {
      for (Pool pool : session.pools) {
        endings.terminate(pool, Failures.SESSION_ENDED);
        pool.orphaned = true;
        settle(pool);
      }
      calls.forget(session);
    }
  }

  /** Ends the sessions of clients that are gone. */
  void expire(long nowNanos) {
    long grace = limits.sessionGrace().toNanos();
    for (Session session : List.copyOf(byId.values())) {
      if (session.isSilentFor(grace, nowNanos)) {
        close(session.id);
      }
    }
  }

  /** Forgets what nobody will ask for, of a pool that has ended. */
  void settle(Pool pool) {
    if (pool.orphaned) {
      if (pool.call == 0) {
        pools.forget(pool);
      }
    } else if (!pool.settled && pool.endTold && pool.log.isEmpty()) {
      pool.settled = true;
      Pool oldest = pool.session.settle(pool);
      if (oldest != null) {
        pool.session.pools.remove(oldest);
        pools.forget(oldest);
      }
    }
  }
}
