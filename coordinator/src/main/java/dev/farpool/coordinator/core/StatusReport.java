package dev.farpool.coordinator.core;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.farpool.v1.PoolStatus;
import dev.farpool.v1.WorkerStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * A picture of the cluster at one moment.
 *
 * @param workers by name
 * @param pools those that are not dealt with, oldest first
 * @param sessions how many are open
 */
public record StatusReport(List<WorkerStatus> workers, List<PoolStatus> pools, int sessions) {

  static StatusReport of(
      WorkerTable workers,
      PoolTable pools,
      int sessions,
      Explanations explanations,
      long nowNanos,
      long wallMillis) {
    List<WorkerStatus> workerList = new ArrayList<>();
    for (Worker worker : workers.all()) {
      workerList.add(of(worker, nowNanos, wallMillis));
    }
    Survey survey = explanations.survey();
    List<PoolStatus> poolList = new ArrayList<>();
    for (Pool pool : pools.all()) {
      if (!pool.settled) {
        String waitingFor = explanations.ofHead(pool, survey, nowNanos);
        poolList.add(of(pool, waitingFor, nowNanos, wallMillis));
      }
    }
    return new StatusReport(workerList, poolList, sessions);
  }

  private static WorkerStatus of(Worker worker, long nowNanos, long wallMillis) {
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
        .setRegisteredAt(wall(worker.registeredNanos, nowNanos, wallMillis))
        .setLastHeard(duration(nowNanos - worker.heardNanos))
        .build();
  }

  private static PoolStatus of(Pool pool, String waitingFor, long nowNanos, long wallMillis) {
    long waiting = pool.queue.waiting() + pool.queue.missing().count();
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
        .setCreatedAt(wall(pool.createdNanos, nowNanos, wallMillis))
        .build();
  }

  private static Timestamp wall(long thenNanos, long nowNanos, long wallMillis) {
    long millis = wallMillis - (nowNanos - thenNanos) / 1_000_000;
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(millis, 1000L))
        .setNanos((int) Math.floorMod(millis, 1000L) * 1_000_000)
        .build();
  }

  private static Duration duration(long nanos) {
    return Duration.newBuilder()
        .setSeconds(nanos / 1_000_000_000)
        .setNanos((int) (nanos % 1_000_000_000))
        .build();
  }
}
