package dev.farpool.coordinator.core;

import dev.farpool.coordinator.history.TaskRow;
import dev.farpool.coordinator.history.TaskTimes;
import dev.farpool.v1.ExitStatus;
import dev.farpool.v1.Failure;
import dev.farpool.v1.RunningAttempt;
import dev.farpool.v1.TaskResult;
import dev.farpool.v1.TaskStatus;

/** Tasks as rows of a listing. */
final class TaskRows {
  private static final int LONGEST_MESSAGE = 1000;

  private TaskRows() {}

  /** What tells consecutive tasks from others. */
  static TaskStatus.Builder of(Pool pool, long first, long count) {
    return TaskStatus.newBuilder()
        .setPoolId(pool.id)
        .setPoolName(pool.spec.getName())
        .setIndex(first)
        .setCount(count);
  }

  /** Consecutive tasks that wait. */
  static TaskRow waiting(Pool pool, long first, long count, int attempts, long queuedNanos) {
    TaskStatus.Builder status =
        of(pool, first, count).setState(TaskStatus.State.STATE_WAITING).setAttempt(attempts);
    return new TaskRow(pool.key, status.build(), TaskTimes.queued(queuedNanos));
  }

  /** A task that a worker has. */
  static TaskRow running(Pool pool, Slab slab, long index, Worker worker, long nowNanos) {
    RunningAttempt seen = worker.sightings.find(pool, index, slab.attempt(index));
    return running(pool, slab, index, worker, seen, nowNanos);
  }

  /**
   * The same.
   *
   * @param seen what the worker said of it; null if nothing
   */
  static TaskRow running(
      Pool pool, Slab slab, long index, Worker worker, RunningAttempt seen, long nowNanos) {
    TaskStatus.Builder status =
        of(pool, index, 1)
            .setState(TaskStatus.State.STATE_RUNNING)
            .setAttempt(slab.attempt(index))
            .setWorker(worker.name())
            .setHost(worker.host());
    if (seen == null) {
      return new TaskRow(pool.key, status.build(), TaskTimes.queued(slab.submittedNanos));
    }
    long started = worker.sightings.startedNanos(seen);
    return new TaskRow(
        pool.key,
        status.setPid(seen.getPid()).build(),
        new TaskTimes(slab.submittedNanos, started, TaskTimes.UNKNOWN, nowNanos - started));
  }

  /** Adds what came of a task. */
  static void outcome(TaskStatus.Builder status, TaskResult result) {
    if (result.hasFailure()) {
      failure(status, result.getFailure());
    } else {
      boolean success = Outcomes.isSuccess(result);
      status.setState(success ? TaskStatus.State.STATE_SUCCEEDED : TaskStatus.State.STATE_FAILED);
      if (result.hasExit()) {
        status.setExit(result.getExit());
        status.setMessage(success ? "" : "its process " + how(result.getExit()));
      }
    }
  }

  /** Adds why a task has no result. */
  static void failure(TaskStatus.Builder status, Failure failure) {
    boolean cancelled =
        failure.getKind() == Failure.Kind.KIND_CANCELLED
            || failure.getKind() == Failure.Kind.KIND_POOL_TERMINATED;
    status
        .setState(cancelled ? TaskStatus.State.STATE_CANCELLED : TaskStatus.State.STATE_FAILED)
        .setFailureKindValue(failure.getKindValue())
        .setMessage(message(failure))
        .setPid(failure.getPid());
    if (failure.hasExit()) {
      status.setExit(failure.getExit());
    }
  }

  /** What went wrong, for people: short, as many of them are kept. */
  static String message(Failure failure) {
    String text =
        failure.getClassName().isEmpty()
            ? failure.getMessage()
            : failure.getClassName() + ": " + failure.getMessage();
    return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE - 1) + "…";
  }

  private static String how(ExitStatus exit) {
    return exit.hasSignal()
        ? "was killed by signal " + exit.getSignal()
        : "exited with code " + exit.getCode();
  }
}
