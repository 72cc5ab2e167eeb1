package dev.farpool.coordinator.core;

import dev.farpool.v1.PoolStatus;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * All pools together, at one moment, but for those that are dealt with.
 *
 * @param pools how many are in each state
 * @param waiting tasks that no worker has
 * @param running tasks that workers have
 * @param oldestWaitNanos for how long the task has waited that is the next of its pool and waits
 *     longest; 0 when none waits
 */
public record Workload(
    Map<PoolStatus.State, Integer> pools, long waiting, long running, long oldestWaitNanos) {

  static Workload of(Collection<Pool> all, long nowNanos) {
    Map<PoolStatus.State, Integer> states = new EnumMap<>(PoolStatus.State.class);
    long waiting = 0;
    long unfinished = 0;
    long oldest = 0;
    for (Pool pool : all) {
      if (!pool.settled) {
        states.merge(pool.state, 1, Integer::sum);
        waiting += pool.waiting();
        unfinished += pool.unfinished;
        oldest = Math.max(oldest, waitOfNext(pool, nowNanos));
      }
    }
    return new Workload(states, waiting, unfinished - waiting, oldest);
  }

  private static long waitOfNext(Pool pool, long nowNanos) {
    Slab head = pool.queue.head();
    return head == null ? 0 : nowNanos - head.submittedNanos;
  }
}
