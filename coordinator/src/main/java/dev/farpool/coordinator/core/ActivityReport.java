package dev.farpool.coordinator.core;

import dev.farpool.coordinator.history.EndedTasks;
import dev.farpool.coordinator.history.History;
import dev.farpool.coordinator.history.Load;
import dev.farpool.coordinator.history.TaskTimes;
import dev.farpool.coordinator.history.WallTime;
import dev.farpool.v1.GetActivityResponse;
import dev.farpool.v1.PoolSlots;
import dev.farpool.v1.RunningAttempt;
import dev.farpool.v1.WorkerActivity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the cluster did in the last hour, and what the slots of its workers do now. */
final class ActivityReport {
  private static final int MOST_RUNNING = 10_000;
  private static final int MOST_RECENT = 1_000;
  private static final int MOST_POOLS = 100;

  private final WorkerTable workers;
  private final PoolTable pools;
  private final History history;

  ActivityReport(WorkerTable workers, PoolTable pools, History history) {
    this.workers = workers;
    this.pools = pools;
    this.history = history;
  }

  /** Lets time pass. */
  void tick(long nowNanos) {
    if (history.intervals().isOver(nowNanos)) {
      history.intervals().close(nowNanos, load());
    }
  }

  /** All but who the coordinator is; intervals from a number on. */
  GetActivityResponse.Builder of(long since, WallTime wall) {
    GetActivityResponse.Builder response =
        GetActivityResponse.newBuilder()
            .addAllIntervals(history.intervals().since(since, load(), wall));
    Map<String, WorkerActivity.Builder> byName = new LinkedHashMap<>();
    int each = Math.max(1, MOST_RUNNING / Math.max(1, workers.all().size()));
    for (Worker worker : workers.all()) {
      byName.put(worker.name(), of(worker, each, wall));
    }
    addRecent(byName, wall);
    byName.values().forEach(response::addWorkers);
    return response;
  }

  private Load load() {
    long waiting = 0;
    long unfinished = 0;
    for (Pool pool : pools.all()) {
      waiting += pool.waiting();
      unfinished += pool.unfinished;
    }
    long busy = 0;
    long cores = 0;
    for (Worker worker : workers.all()) {
      busy += worker.taken();
      cores += worker.cores();
    }
    return new Load(waiting, unfinished - waiting, busy, cores);
  }

  private WorkerActivity.Builder of(Worker worker, int mostRunning, WallTime wall) {
    WorkerActivity.Builder activity =
        WorkerActivity.newBuilder()
            .setWorker(worker.name())
            .setHost(worker.host())
            .setCores(worker.cores())
            .setBusy(worker.taken());
    for (Allotment allotment : worker.allotments.values()) {
      if (allotment.slots() > 0 && activity.getPoolsCount() < MOST_POOLS) {
        activity.addPools(of(allotment));
      }
    }
    addRunning(worker, mostRunning, wall, activity);
    return activity;
  }

  private static PoolSlots of(Allotment allotment) {
    return PoolSlots.newBuilder()
        .setPoolId(allotment.pool.id)
        .setPoolName(allotment.pool.spec.getName())
        .setSlots(allotment.slots())
        .setTasks((long) allotment.narrowTasks() + allotment.wideTasks())
        .build();
  }

  private void addRunning(Worker worker, int most, WallTime wall, WorkerActivity.Builder activity) {
    List<RunningAttempt> longest = new ArrayList<>(worker.sightings.all());
    longest.sort(Comparator.comparingLong(seen -> -seen.getElapsedNanos()));
    for (RunningAttempt seen : longest) {
      Pool pool = pools.numbered(seen.getPool());
      Slab slab = pool == null ? null : pool.queue.find(seen.getIndex());
      if (activity.getRunningCount() < most
          && slab != null
          && slab.isCurrent(seen.getIndex(), worker.number, seen.getAttempt())) {
        long index = seen.getIndex();
        activity.addRunning(
            TaskRows.running(pool, slab, index, worker, seen, wall.nowNanos()).at(wall));
      }
    }
  }

  private void addRecent(Map<String, WorkerActivity.Builder> byName, WallTime wall) {
    List<EndedTasks.Entry> latest =
        history
            .ended()
            .latest(
                Long.MAX_VALUE,
                row ->
                    row.times().startedNanos() != TaskTimes.UNKNOWN
                        && byName.containsKey(row.status().getWorker()),
                MOST_RECENT);
    for (EndedTasks.Entry entry : latest) {
      byName.get(entry.row().status().getWorker()).addRecent(entry.row().at(wall));
    }
  }
}
