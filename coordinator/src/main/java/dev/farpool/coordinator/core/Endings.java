package dev.farpool.coordinator.core;

import dev.farpool.v1.CancelMode;
import dev.farpool.v1.Failure;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.PoolStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Ends tasks that have not ended by themselves. */
final class Endings {
  private final WorkerTable workers;
  private final Outcomes outcomes;
  private final Dispatcher dispatcher;
  private final Recorder recorder;

  Endings(WorkerTable workers, Outcomes outcomes, Dispatcher dispatcher, Recorder recorder) {
    this.workers = workers;
    this.outcomes = outcomes;
    this.dispatcher = dispatcher;
    this.recorder = recorder;
  }

  /** Ends a pool now. No effect on one that has ended. */
  void terminate(Pool pool, Failure failure) {
    if (!pool.hasEnded()) {
      pool.state = PoolStatus.State.STATE_TERMINATE;
      endAll(pool, failure);
    }
  }

  /** Ends a pool that cannot go on. */
  void breakDown(Pool pool, Failure cause) {
    if (!pool.hasEnded()) {
      pool.state = PoolStatus.State.STATE_BROKEN;
      pool.cause = cause;
      endAll(pool, Failures.broken(cause));
    }
  }

  private void endAll(Pool pool, Failure failure) {
    Map<Integer, IndexRanges> stopped = new TreeMap<>();
    recorder.endingAll(pool, failure);
    outcomes.addAll(pool, pool.queue.endAll(stopped), failure);
    stop(pool, stopped, CancelMode.CANCEL_MODE_KILL);
    outcomes.touch(pool);
    dispatcher.touch(pool);
  }

  /**
   * Cancels tasks that have no outcome.
   *
   * @return those that are cancelled now
   */
  IndexRanges cancel(Pool pool, List<IndexRange> tasks, CancelMode mode) {
    IndexRanges cancelled = new IndexRanges();
    Map<Integer, IndexRanges> stopped = new TreeMap<>();
    forEach(
        pool,
        tasks,
        (slab, index) -> {
          if (cancel(pool, slab, index, mode, stopped)) {
            cancelled.add(index);
          }
        });
    outcomes.addAll(pool, cancelled, Failures.CANCELLED);
    stop(pool, stopped, mode);
    dispatcher.touch(pool);
    return cancelled;
  }

  private boolean cancel(
      Pool pool, Slab slab, long index, CancelMode mode, Map<Integer, IndexRanges> stopped) {
    if (slab.hasOutcome(index)) {
      return false;
    }
    if (slab.isWaiting(index)) {
      recorder.ending(pool, slab, index, Failures.CANCELLED);
      pool.queue.endWaiting(slab, index);
      pool.queue.dropIfSpent(slab);
      return true;
    }
    stopped.computeIfAbsent(slab.holder(index), none -> new IndexRanges()).add(index);
    if (mode == CancelMode.CANCEL_MODE_QUEUED_ONLY) {
      return false; // The worker knows whether it has started, and ends it if not.
    }
    recorder.ending(pool, slab, index, Failures.CANCELLED);
    slab.stopHeld(index);
    return true;
  }

  /** Has a signal sent to the processes of tasks; the result is to how many. */
  long signal(Pool pool, List<IndexRange> tasks, int signal) {
    Map<Integer, IndexRanges> signalled = new TreeMap<>();
    forEach(
        pool,
        tasks,
        (slab, index) -> {
          if (!slab.hasOutcome(index) && !slab.isWaiting(index)) {
            signalled.computeIfAbsent(slab.holder(index), none -> new IndexRanges()).add(index);
          }
        });
    long count = 0;
    for (Map.Entry<Integer, IndexRanges> each : signalled.entrySet()) {
      Worker worker = workers.numbered(each.getKey());
      workers.touch(worker).signal(pool, each.getValue().toMessages(), signal);
      count += each.getValue().count();
    }
    return count;
  }

  /** Calls for the tasks in some ranges, but for batches that have ended: once for each. */
  private static void forEach(Pool pool, List<IndexRange> ranges, TaskAction action) {
    IndexRanges wanted = new IndexRanges();
    for (IndexRange range : ranges) {
      wanted.add(range.getFirst(), range.getFirst() + range.getCount());
    }
    wanted.forEachRun(
        (first, runEnd) -> {
          for (Slab slab : pool.queue.slabs(first, runEnd)) {
            long end = Math.min(slab.end(), runEnd);
            for (long index = Math.max(slab.first, first); index < end; index++) {
              action.take(slab, index);
            }
          }
        });
  }

  /** Ends the tasks of a slab that were never started in time. */
  void expire(Pool pool, Slab slab) {
    IndexRanges expired = new IndexRanges();
    for (long index = slab.first; index < slab.end(); index++) {
      if (slab.isWaiting(index) && slab.lostAttempts(index) == 0) {
        expired.add(index);
      }
    }
    Failure late = Failures.queueTimeout(slab.terms);
    expired.forEach(
        index -> {
          recorder.ending(pool, slab, index, late);
          pool.queue.endWaiting(slab, index);
        });
    pool.queue.dropIfSpent(slab);
    outcomes.addAll(pool, expired, late);
    dispatcher.touch(pool);
  }

  /**
   * The current attempt of a held task has ended without an answer: it goes back to its place, or
   * was the last one.
   */
  void lose(Pool pool, Slab slab, long index, Failure whenLast) {
    Worker worker = workers.numbered(slab.holder(index));
    recorder.lost(pool, slab, index, worker, whenLast);
    int attempts = slab.attempt(index);
    if (attempts < slab.terms.maxAttempts()) {
      slab.countLost(index);
      pool.queue.putBack(slab, index);
    } else {
      slab.endHeld(index);
      outcomes.add(pool, slab, index, worker, Failures.withAttempts(whenLast, attempts));
      pool.queue.dropIfSpent(slab);
    }
  }

  /** A held task that never started goes back to its place; or its time to start is over. */
  void putBack(Pool pool, Slab slab, long index, long nowNanos) {
    recorder.returned(pool, slab, index);
    pool.queue.putBack(slab, index);
    if (nowNanos >= slab.startDeadlineNanos && slab.lostAttempts(index) == 0) {
      Failure late = Failures.queueTimeout(slab.terms);
      recorder.ending(pool, slab, index, late);
      pool.queue.endWaiting(slab, index);
      outcomes.add(pool, slab, index, null, late);
      pool.queue.dropIfSpent(slab);
    }
  }

  private void stop(Pool pool, Map<Integer, IndexRanges> stopped, CancelMode mode) {
    stopped.forEach(
        (number, tasks) -> {
          Worker worker = workers.numbered(number);
          workers.touch(worker).cancel(pool, tasks.toMessages(), mode);
        });
  }

  /** Something done with a task. */
  @FunctionalInterface
  interface TaskAction {
    void take(Slab slab, long index);
  }
}
