package dev.farpool.coordinator.core;

import dev.farpool.coordinator.history.PoolKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The pools: by the client's id for clients, by number for workers. */
final class PoolTable {
  private final Map<String, Pool> byId = new LinkedHashMap<>();
  private final Map<Long, Pool> byNumber = new LinkedHashMap<>();
  private long lastNumber;

  /** How many there ever were. */
  long created() {
    return lastNumber;
  }

  long nextNumber() {
    return ++lastNumber;
  }

  void add(Pool pool) {
    byId.put(pool.id, pool);
    byNumber.put(pool.number, pool);
  }

  /** All pools that somebody can ask for, oldest first. */
  Collection<Pool> all() {
    return byId.values();
  }

  /** All pools, also those of which only workers still hold something. */
  Collection<Pool> known() {
    return byNumber.values();
  }

  /** The pool, or null. */
  Pool find(String id) {
    return byId.get(id);
  }

  /** The pool, or null; not another one that got its id later. */
  Pool find(PoolKey key) {
    Pool pool = byId.get(key.id());
    return pool != null && pool.key.equals(key) ? pool : null;
  }

  /**
   * The pool.
   *
   * @throws Refusal if there is none, or no more
   */
  Pool get(String id) {
    Pool pool = byId.get(id);
    if (pool == null) {
      throw Refusal.noPool(id);
    }
    return pool;
  }

  /**
   * Says that there is no such pool if it is somebody else's.
   *
   * @throws Refusal then
   */
  void check(Scope scope, String id) {
    Pool pool = byId.get(id);
    if (pool != null && !scope.includes(pool.session)) {
      throw Refusal.noPool(id);
    }
  }

  /** The pool, also one of which only this worker still holds something; or null. */
  Pool of(Worker worker, String id) {
    Pool pool = byId.get(id);
    if (pool == null) {
      for (Pool known : worker.allotments.keySet()) {
        if (known.id.equals(id)) {
          return known;
        }
      }
    }
    return pool;
  }

  /** The pool, or null. */
  Pool numbered(long number) {
    return byNumber.get(number);
  }

  /** Lets go of a pool that nobody will ask for. It stays known while workers hold tasks of it. */
  void forget(Pool pool) {
    byId.remove(pool.id, pool);
    pool.log.clear();
    pool.forgotten = true;
    dropIfUnused(pool);
  }

  /** What a pool has of a worker; nothing but the place for it at first. */
  Allotment allotment(Pool pool, Worker worker) {
    Allotment known = pool.allotments.get(worker);
    if (known != null) {
      return known;
    }
    Allotment made = new Allotment(pool, worker);
    pool.allotments.put(worker, made);
    worker.allotments.put(pool, made);
    return made;
  }

  /** Takes a pool's part of a worker away. */
  void remove(Allotment allotment) {
    Pool pool = allotment.pool;
    allotment.worker.allotments.remove(pool);
    pool.allotments.remove(allotment.worker);
    pool.hungry.remove(allotment);
    pool.warm.remove(allotment);
    pool.bans -= allotment.isBanned() ? 1 : 0;
    dropIfUnused(pool);
  }

  private void dropIfUnused(Pool pool) {
    if (pool.forgotten && pool.allotments.isEmpty()) {
      byNumber.remove(pool.number);
    }
  }
}
