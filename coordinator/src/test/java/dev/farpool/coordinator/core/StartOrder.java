package dev.farpool.coordinator.core;

import dev.farpool.v1.ExplainTaskResponse;
import dev.farpool.v1.StartAttempts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Checks that tasks of a pool that were never handed out before go out in the order of index. */
final class StartOrder {
  /** What went out since the last check, by pool number. */
  private final Map<Long, TreeSet<Long>> started = new TreeMap<>();

  /** What a coordinator before this one had handed out, by pool id. */
  private final Map<String, Set<Long>> adopted = new HashMap<>();

  private final Map<Long, String> poolIds;

  /** For each pool the index after the highest that ever went out. */
  private final Map<Long, Long> handedOut = new HashMap<>();

  /**
   * @param poolIds by pool number
   */
  StartOrder(Map<Long, String> poolIds) {
    this.poolIds = poolIds;
  }

  /** A worker came with these tasks: if they go out here, then not for the first time. */
  void adopt(String pool, Set<Long> indexes) {
    adopted.computeIfAbsent(pool, none -> new HashSet<>()).addAll(indexes);
  }

  void add(StartAttempts start) {
    TreeSet<Long> indexes = started.computeIfAbsent(start.getPool(), none -> new TreeSet<>());
    Set<Long> known = adopted.getOrDefault(poolIds.get(start.getPool()), Set.of());
    long first = start.getBatch().getFirstIndex();
    for (int i = 0; i < start.getBatch().getJava().getSizesCount(); i++) {
      if (!known.contains(first + i)) {
        indexes.add(first + i);
      }
    }
  }

  /** To be called after a flush: within one, workers get their messages one after the other. */
  void check(Scheduler scheduler) {
    started.forEach(
        (pool, indexes) -> {
          long fresh = handedOut.getOrDefault(pool, 0L);
          for (long index : indexes.tailSet(fresh)) {
            if (!arePassed(scheduler, pool, fresh, index)) {
              throw new AssertionError("task " + fresh + " was passed over for " + index);
            }
            fresh = index + 1;
          }
          handedOut.put(pool, fresh);
        });
    started.clear();
  }

  /** Whether no task waits that others were handed out before: it has ended, or is adopted. */
  private boolean arePassed(Scheduler scheduler, long pool, long from, long to) {
    for (long index = from; index < to; index++) {
      if (scheduler.explain(0, poolIds.get(pool), index).getState()
          == ExplainTaskResponse.State.STATE_WAITING) {
        return false;
      }
    }
    return true;
  }
}
