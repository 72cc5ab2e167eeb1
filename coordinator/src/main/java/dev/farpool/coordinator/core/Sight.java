package dev.farpool.coordinator.core;

import dev.farpool.coordinator.history.History;
import dev.farpool.coordinator.history.PoolKey;

/** Finds what a caller may see of pools, also of those that are no more. */
final class Sight {
  private final PoolTable pools;
  private final History history;

  Sight(PoolTable pools, History history) {
    this.pools = pools;
    this.history = history;
  }

  /** The pool of this id that is there, or else the last that was; null for none of theirs. */
  PoolKey find(Scope scope, String poolId) {
    Pool pool = pools.find(poolId);
    if (pool != null && scope.includes(pool.key)) {
      return pool.key;
    }
    return history.pool(kept -> kept.id().equals(poolId) && scope.includes(kept));
  }
}
