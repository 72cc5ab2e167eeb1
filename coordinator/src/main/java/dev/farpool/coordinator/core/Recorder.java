package dev.farpool.coordinator.core;

import dev.farpool.coordinator.history.History;
import dev.farpool.coordinator.history.TaskRow;
import dev.farpool.coordinator.history.TaskTimes;
import dev.farpool.v1.AttemptStatus;
import dev.farpool.v1.AttemptsFinished;
import dev.farpool.v1.Failure;
import dev.farpool.v1.RunningAttempt;
import dev.farpool.v1.TaskOutput;
import dev.farpool.v1.TaskResult;
import dev.farpool.v1.TaskStatus;

/**
 * Tells what happens to tasks to all who keep it: the counters and the history. What many tasks
 * have in common is told once for a batch of them; each by itself only where it failed, or while
 * there is room.
 */
final class Recorder {
  private final History history;
  private final Counters counters;
  private final Traces traces;

  Recorder(History history, Counters counters, Traces traces) {
    this.history = history;
    this.counters = counters;
    this.traces = traces;
  }

  /**
   * Consecutive tasks of a slab were handed to a worker.
   *
   * @param fresh whether they were never handed out before
   */
  void handedOut(Pool pool, Slab slab, long first, int tasks, boolean fresh) {
    traces.handedOut(pool, slab, first);
    counters.add(Count.TASKS_STARTED, tasks);
    history.intervals().started(tasks);
    long waited = history.nowNanos() - slab.submittedNanos;
    if (fresh) {
      counters.waited(waited, tasks);
    }
    if (slab.attempt(first) == 1) {
      history.intervals().waited(waited, tasks);
    }
  }

  /** A task is about to come back from its worker without having begun. */
  void returned(Pool pool, Slab slab, long index) {
    traces.returned(pool, slab, index);
    counters.add(Count.TASKS_RETURNED, 1);
  }

  /**
   * Tasks have ended at a worker.
   *
   * @return how long each of them ran, as far as one can tell; {@link TaskTimes#UNKNOWN} if not
   */
  long ran(AttemptsFinished finished) {
    int tasks = finished.getBlock().getIndexesCount() + finished.getResultsCount();
    if (finished.getRanNanos() <= 0 || tasks == 0) {
      return TaskTimes.UNKNOWN;
    }
    long mean = finished.getRanNanos() / tasks;
    history.intervals().ran(mean, tasks);
    return mean;
  }

  /** So many tasks succeeded. */
  void countSucceeded(long tasks) {
    counters.succeeded(tasks);
    history.intervals().succeeded(tasks);
  }

  /** A task has an outcome that is no success. */
  void countFailed(TaskResult result) {
    counters.failed(result);
    history.intervals().failed(1);
  }

  /** For how many of the tasks that succeed now {@link #succeeded} is worth its time. */
  int room() {
    return history.ended().room(history.nowNanos());
  }

  /** A task has a result. */
  void succeeded(Allotment allotment, Slab slab, long index, long ranNanos) {
    TaskStatus.Builder status =
        TaskRows.of(allotment.pool, index, 1).setState(TaskStatus.State.STATE_SUCCEEDED);
    end(allotment, slab, status, ranNanos);
  }

  /** A task has an outcome of its own. */
  void ended(Allotment allotment, Slab slab, TaskResult result, long ranNanos) {
    if (Outcomes.isSuccess(result) && room() <= 0) {
      return;
    }
    TaskStatus.Builder status = TaskRows.of(allotment.pool, result.getIndex(), 1);
    TaskRows.outcome(status, result);
    end(allotment, slab, status, ranNanos);
  }

  private void end(Allotment allotment, Slab slab, TaskStatus.Builder status, long ranNanos) {
    long index = status.getIndex();
    int attempt = slab.attempt(index);
    Worker worker = allotment.worker;
    long now = history.nowNanos();
    long started = ranNanos == TaskTimes.UNKNOWN ? TaskTimes.UNKNOWN : now - ranNanos;
    RunningAttempt seen = worker.sightings.find(allotment.pool, index, attempt);
    if (seen != null) {
      status.setPid(seen.getPid());
      started = started == TaskTimes.UNKNOWN ? worker.sightings.startedNanos(seen) : started;
    }
    long ran = started == TaskTimes.UNKNOWN ? TaskTimes.UNKNOWN : now - started;
    status.setAttempt(attempt).setWorker(worker.name()).setHost(worker.host());
    add(allotment.pool, status, new TaskTimes(slab.submittedNanos, started, now, ran));
  }

  /**
   * The attempt of a task is about to end with an answer.
   *
   * @param result null for one in a block
   */
  void answered(Pool pool, Slab slab, long index, TaskResult result) {
    traces.answered(pool, slab, index, result);
  }

  /** A task is about to get its outcome from the coordinator. */
  void ending(Pool pool, Slab slab, long index, Failure failure) {
    traces.ended(pool, slab, index, failure);
  }

  /** All tasks of a pool without an outcome are about to get one. */
  void endingAll(Pool pool, Failure failure) {
    traces.endedAll(pool, failure);
  }

  /** An attempt has ended without an answer. */
  void lost(Pool pool, Slab slab, long index, Worker worker, Failure failure) {
    traces.lost(pool, slab, index, failure);
    counters.add(Count.ATTEMPTS_LOST, 1);
    history.intervals().lost();
    int number = slab.attempt(index);
    RunningAttempt seen = worker.sightings.find(pool, index, number);
    long started = seen == null ? TaskTimes.UNKNOWN : worker.sightings.startedNanos(seen);
    long pid = seen == null ? failure.getPid() : seen.getPid();
    AttemptStatus attempt =
        AttemptStatus.newBuilder()
            .setAttempt(number)
            .setWorker(worker.name())
            .setHost(worker.host())
            .setPid(pid)
            .setFailureKindValue(failure.getKindValue())
            .setMessage(TaskRows.message(failure))
            .build();
    long now = history.nowNanos();
    history
        .lost()
        .add(
            pool.key,
            index,
            attempt,
            new TaskTimes(slab.submittedNanos, started, now, TaskTimes.UNKNOWN));
  }

  /**
   * A task has failed by what the coordinator decided.
   *
   * @param worker the one that had it last; null for none
   */
  void failed(Pool pool, Slab slab, long index, Worker worker, Failure failure) {
    TaskStatus.Builder status = TaskRows.of(pool, index, 1).setAttempt(failure.getAttempts());
    TaskRows.failure(status, failure);
    if (worker != null) {
      status.setWorker(worker.name()).setHost(worker.host());
    }
    long now = history.nowNanos();
    add(
        pool,
        status,
        new TaskTimes(slab.submittedNanos, TaskTimes.UNKNOWN, now, TaskTimes.UNKNOWN));
  }

  /** Consecutive tasks were ended together. */
  void endedTogether(Pool pool, long first, long count, Failure failure) {
    counters.failed(failure.getKind(), count);
    history.intervals().failed(count);
    TaskStatus.Builder status = TaskRows.of(pool, first, count);
    TaskRows.failure(status, failure);
    long now = history.nowNanos();
    add(pool, status, new TaskTimes(TaskTimes.UNKNOWN, TaskTimes.UNKNOWN, now, TaskTimes.UNKNOWN));
  }

  private void add(Pool pool, TaskStatus.Builder status, TaskTimes times) {
    history.ended().add(new TaskRow(pool.key, status.build(), times));
  }

  /** A task has printed. */
  void printed(Pool pool, int attempt, TaskOutput output) {
    history.output().add(pool.key, output.getIndex(), attempt, output);
  }
}
