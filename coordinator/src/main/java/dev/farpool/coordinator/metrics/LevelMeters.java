package dev.farpool.coordinator.metrics;

import dev.farpool.coordinator.core.Levels;
import dev.farpool.coordinator.core.Workforce;
import dev.farpool.v1.PoolStatus;
import dev.farpool.v1.WorkerStatus;
import io.micrometer.core.instrument.Tags;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** How much there is of everything, as gauges. */
final class LevelMeters {
  private static final Set<WorkerStatus.State> WORKER_STATES =
      EnumSet.complementOf(
          EnumSet.of(WorkerStatus.State.STATE_UNSPECIFIED, WorkerStatus.State.UNRECOGNIZED));
  private static final Set<PoolStatus.State> POOL_STATES =
      EnumSet.complementOf(
          EnumSet.of(PoolStatus.State.STATE_UNSPECIFIED, PoolStatus.State.UNRECOGNIZED));

  private final ReadingMeters meters;

  private LevelMeters(ReadingMeters meters) {
    this.meters = meters;
  }

  static void addTo(ReadingMeters meters) {
    LevelMeters levels = new LevelMeters(meters);
    levels.addTasks();
    levels.addPools();
    levels.addWorkers();
    levels.addStorage();
  }

  private void addTasks() {
    level(
        "farpool.queue.tasks",
        "Tasks that wait for a worker.",
        levels -> levels.workload().waiting());
    level(
        "farpool.queue.oldest.seconds",
        "How long the longest waiting next task of a pool has waited.",
        levels -> levels.workload().oldestWaitNanos() / ReadingMeters.NANOS_PER_SECOND);
    level(
        "farpool.running.tasks", "Tasks that workers have.", levels -> levels.workload().running());
    level("farpool.held.tasks", "Tasks of batches that have not ended.", Levels::heldTasks);
  }

  private void addPools() {
    level("farpool.sessions", "Sessions that are open.", Levels::sessions);
    for (PoolStatus.State state : POOL_STATES) {
      meters.gauge(
          "farpool.pools",
          "Pools that are not dealt with.",
          Tags.of("state", ReadingMeters.label(state, "STATE_")),
          now -> now.levels().workload().pools().getOrDefault(state, 0));
    }
  }

  private void addWorkers() {
    for (WorkerStatus.State state : WORKER_STATES) {
      meters.gauge(
          "farpool.workers",
          "Workers.",
          Tags.of("state", ReadingMeters.label(state, "STATE_")),
          now -> now.levels().workforce().workers().getOrDefault(state, 0));
    }
    slots("busy", Workforce::busySlots);
    slots("free", Workforce::freeSlots);
    slots("closed", Workforce::closedSlots);
    level(
        "farpool.credits",
        "How many more tasks workers take now.",
        levels -> levels.workforce().credits());
    level(
        "farpool.executors",
        "Executors that live, as workers told last.",
        levels -> levels.workforce().executors());
  }

  private void addStorage() {
    level("farpool.held.bytes", "Heap that tasks and results take.", Levels::heldBytes);
    meters.gauge(
        "farpool.held.limit.bytes",
        "So many held bytes, and submits are refused.",
        Reading::heldBytesLimit);
    meters.gauge(
        "farpool.spilled.bytes", "Disk that tasks and results take.", Reading::spilledBytes);
    meters.gauge("farpool.blobs", "Blobs on disk.", now -> now.storage().blobs());
    meters.gauge("farpool.blob.bytes", "Disk that blobs take.", now -> now.storage().bytes());
  }

  private void slots(String state, ToDoubleFunction<Workforce> value) {
    meters.gauge(
        "farpool.worker.slots",
        "Slots of all workers.",
        Tags.of("state", state),
        now -> value.applyAsDouble(now.levels().workforce()));
  }

  private void level(String name, String help, ToDoubleFunction<Levels> value) {
    meters.gauge(name, help, now -> value.applyAsDouble(now.levels()));
  }
}
