package dev.farpool.coordinator.core;

import dev.farpool.coordinator.history.WallTime;
import dev.farpool.v1.PoolStatus;
import dev.farpool.v1.WorkerStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * A picture of the cluster at one moment.
 *
 * @param workers by name
 * @param pools those that are not dealt with and may be seen, oldest first
 * @param sessions how many are open
 */
public record StatusReport(List<WorkerStatus> workers, List<PoolStatus> pools, int sessions) {

  static StatusReport of(
      WorkerTable workers,
      PoolTable pools,
      Scope scope,
      int sessions,
      Explanations explanations,
      long nowNanos,
      long wallMillis) {
    WallTime wall = new WallTime(nowNanos, wallMillis);
    List<WorkerStatus> workerList = new ArrayList<>();
    for (Worker worker : workers.all()) {
      workerList.add(of(worker, wall));
    }
    Survey survey = explanations.survey();
    List<PoolStatus> poolList = new ArrayList<>();
    for (Pool pool : pools.all()) {
      if (!pool.settled && scope.includes(pool.session)) {
        String waitingFor = explanations.ofHead(pool, survey, nowNanos);
        poolList.add(of(pool, waitingFor, wall));
      }
    }
    return new StatusReport(workerList, poolList, sessions);
  }

  private static WorkerStatus of(Worker worker, WallTime wall) {
    return WorkerStatus.newBuilder()
        .setName(worker.name())
        .setHost(worker.host())
        .setPid(worker.register.getPid())
        .setEpoch(worker.epoch)
        .setState(worker.state())
        .setCores(worker.cores())
        .setBusy(worker.taken())
        .putAllLabels(worker.register.getLabelsMap())
        .setVersion(worker.register.getVersion())
        .setRegisteredAt(wall.at(worker.registeredNanos))
        .setLastHeard(WallTime.span(wall.nowNanos() - worker.heardNanos))
        .build();
  }

  private static PoolStatus of(Pool pool, String waitingFor, WallTime wall) {
    long waiting = pool.waiting();
    return PoolStatus.newBuilder()
        .setPoolId(pool.id)
        .setName(pool.spec.getName())
        .setClient(pool.session.client)
        .setState(pool.state)
        .setProcesses(pool.spec.getProcesses())
        .setWaiting(waiting)
        .setRunning(pool.unfinished - waiting)
        .setSucceeded(pool.succeeded)
        .setFailed(pool.failed)
        .setWaitingFor(waitingFor)
        .setMode(pool.spec.getMode())
        .setCreatedAt(wall.at(pool.createdNanos))
        .build();
  }
}
