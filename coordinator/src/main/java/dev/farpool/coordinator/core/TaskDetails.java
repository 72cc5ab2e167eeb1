package dev.farpool.coordinator.core;

import dev.farpool.coordinator.history.History;
import dev.farpool.coordinator.history.LostAttempts;
import dev.farpool.coordinator.history.OutputTail;
import dev.farpool.coordinator.history.PoolKey;
import dev.farpool.coordinator.history.TaskRow;
import dev.farpool.coordinator.history.TaskTimes;
import dev.farpool.coordinator.history.WallTime;
import dev.farpool.v1.AttemptStatus;
import dev.farpool.v1.GetTaskResponse;
import dev.farpool.v1.TaskStatus;

/** Tells all that is known of one task: from its pool, and from what is remembered. */
final class TaskDetails {
  private final WorkerTable workers;
  private final PoolTable pools;
  private final Explanations explanations;
  private final History history;
  private final Sight sight;

  TaskDetails(
      WorkerTable workers,
      PoolTable pools,
      Explanations explanations,
      Sight sight,
      History history) {
    this.workers = workers;
    this.pools = pools;
    this.explanations = explanations;
    this.sight = sight;
    this.history = history;
  }

  /**
   * The pool of a task, which may be gone.
   *
   * @throws Refusal if the caller has no such task, and nothing is kept of one
   */
  PoolKey pool(Scope scope, String poolId, long index) {
    PoolKey key = sight.find(scope, poolId);
    Pool pool = key == null ? null : pools.find(key);
    if (pool != null) {
      Explanations.requireKnown(pool, index);
    } else if (key == null || !isKept(key, index)) {
      throw new Refusal(
          Refusal.Reason.NOT_FOUND,
          "pool_id: there is no pool \""
              + poolId
              + "\", or no more, and nothing is kept of its task "
              + index);
    }
    return key;
  }

  private boolean isKept(PoolKey key, long index) {
    return history.ended().find(key, index) != null || history.output().find(key, index) != null;
  }

  /**
   * Everything.
   *
   * @throws Refusal if the caller has no such task, and nothing is kept of one
   */
  GetTaskResponse of(Scope scope, String poolId, long index, WallTime wall) {
    PoolKey key = pool(scope, poolId, index);
    Pool pool = pools.find(key);
    TaskRow row = row(pool, key, index, wall.nowNanos());
    GetTaskResponse.Builder response =
        GetTaskResponse.newBuilder()
            .setTask(row.at(wall))
            .addAllAttempts(history.lost().of(key, index, wall))
            .setExplanation(explanation(pool, row.status(), index, wall.nowNanos()));
    addLastAttempt(response, row, wall);
    OutputTail tail = history.output().find(key, index);
    return tail == null ? response.build() : response.addAllOutput(tail.from(0)).build();
  }

  private TaskRow row(Pool pool, PoolKey key, long index, long nowNanos) {
    Slab slab = pool == null ? null : pool.queue.find(index);
    if (slab != null && slab.isRunning(index)) {
      return TaskRows.running(pool, slab, index, workers.numbered(slab.holder(index)), nowNanos);
    }
    if (slab != null && slab.isWaiting(index)) {
      return TaskRows.waiting(pool, index, 1, slab.lostAttempts(index), slab.submittedNanos);
    }
    if (pool != null && pool.queue.isMissing(index)) {
      return TaskRows.waiting(pool, index, 1, 0, TaskTimes.UNKNOWN);
    }
    TaskRow kept = history.ended().find(key, index);
    TaskStatus.Builder status =
        kept == null
            ? TaskStatus.newBuilder().setPoolId(key.id()).setState(TaskStatus.State.STATE_ENDED)
            : kept.status().toBuilder();
    TaskTimes times = kept == null ? TaskTimes.queued(TaskTimes.UNKNOWN) : kept.times();
    return new TaskRow(key, status.setIndex(index).setCount(1).build(), times);
  }

  private String explanation(Pool pool, TaskStatus status, long index, long nowNanos) {
    return switch (status.getState()) {
      case STATE_WAITING, STATE_RUNNING ->
          explanations.ofTask(pool, index, nowNanos).getExplanation();
      case STATE_SUCCEEDED -> "it succeeded" + place(status);
      case STATE_FAILED -> "it failed" + place(status) + ": " + status.getMessage();
      case STATE_CANCELLED -> status.getMessage();
      default -> "it has its outcome, of which nothing is kept any more";
    };
  }

  private static String place(TaskStatus status) {
    return status.getWorker().isEmpty() ? "" : " on worker " + status.getWorker();
  }

  /** The attempt that runs, or that came to an answer; a lost one is among those kept. */
  private static void addLastAttempt(GetTaskResponse.Builder response, TaskRow row, WallTime wall) {
    TaskStatus status = row.status();
    int known = response.getAttemptsCount();
    boolean told = known > 0 && response.getAttempts(known - 1).getAttempt() >= status.getAttempt();
    if (status.getState() == TaskStatus.State.STATE_WAITING || status.getAttempt() == 0 || told) {
      return;
    }
    AttemptStatus attempt =
        AttemptStatus.newBuilder()
            .setAttempt(status.getAttempt())
            .setWorker(status.getWorker())
            .setHost(status.getHost())
            .setPid(status.getPid())
            .setFailureKindValue(status.getFailureKindValue())
            .setMessage(ending(status))
            .build();
    response.addAttempts(LostAttempts.at(wall, attempt, row.times()));
  }

  private static String ending(TaskStatus status) {
    return switch (status.getState()) {
      case STATE_RUNNING -> "";
      case STATE_SUCCEEDED -> "succeeded";
      default -> status.getMessage();
    };
  }
}
