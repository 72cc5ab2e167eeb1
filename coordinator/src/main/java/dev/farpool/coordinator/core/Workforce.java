package dev.farpool.coordinator.core;

import dev.farpool.v1.WorkerStatus;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * All workers together, at one moment.
 *
 * @param workers how many are in each state
 * @param busySlots that pools have
 * @param freeSlots that tasks could get now
 * @param closedSlots that nobody has and nobody gets, as their workers are silent or leave
 * @param credits how many more tasks workers would take now, to start or to keep ready
 * @param executors that live, as the workers told last
 */
public record Workforce(
    Map<WorkerStatus.State, Integer> workers,
    long busySlots,
    long freeSlots,
    long closedSlots,
    long credits,
    long executors) {

  static Workforce of(Collection<Worker> all, Collection<Pool> pools) {
    Map<WorkerStatus.State, Integer> states = new EnumMap<>(WorkerStatus.State.class);
    long busy = 0;
    long free = 0;
    long closed = 0;
    long executors = 0;
    for (Worker worker : all) {
      states.merge(worker.state(), 1, Integer::sum);
      int unused = Math.max(0, worker.free());
      busy += worker.taken();
      free += worker.isAvailable() ? unused : 0;
      closed += worker.isAvailable() ? 0 : unused;
      executors += worker.executors;
    }
    return new Workforce(states, busy, free, closed, free + beyondSlots(pools), executors);
  }

  /** Looks at the few allotments that may take more, for there can be many of all. */
  private static long beyondSlots(Collection<Pool> pools) {
    long credits = 0;
    for (Pool pool : pools) {
      for (Allotment allotment : pool.hungry) {
        boolean open = allotment.worker.isAvailable() && !allotment.isBanned();
        credits += open ? allotment.credit() : 0;
      }
    }
    return credits;
  }
}
