package dev.farpool.coordinator.core;

import dev.farpool.v1.Failure;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.ResultBlock;
import dev.farpool.v1.TaskResult;

/** Writes down what came of tasks: for each task once. */
final class Outcomes {
  private final Deliveries deliveries;
  private final Recorder recorder;

  Outcomes(Deliveries deliveries, Recorder recorder) {
    this.deliveries = deliveries;
    this.recorder = recorder;
  }

  /**
   * @param stored where the values of the block lie; null for in the block
   */
  void add(Pool pool, ResultBlock block, Bytes stored) {
    pool.log.append(block, stored);
    pool.succeeded += block.getIndexesCount();
    recorder.countSucceeded(block.getIndexesCount());
    count(pool, block.getIndexesCount());
  }

  /**
   * @param stored where the result lies as it is on the wire; null for nowhere else
   */
  void add(Pool pool, TaskResult result, Bytes stored) {
    pool.log.append(result, stored);
    if (isSuccess(result)) {
      pool.succeeded++;
      recorder.countSucceeded(1);
    } else {
      pool.failed++;
      recorder.countFailed(result);
    }
    count(pool, 1);
  }

  /**
   * A failure that the coordinator decided.
   *
   * @param worker the one that had the task last; null for none
   */
  void add(Pool pool, Slab slab, long index, Worker worker, Failure failure) {
    recorder.failed(pool, slab, index, worker, failure);
    add(pool, TaskResult.newBuilder().setIndex(index).setFailure(failure).build(), null);
  }

  /** The same failure for many tasks. */
  void addAll(Pool pool, IndexRanges tasks, Failure failure) {
    for (IndexRange run : tasks.toMessages()) {
      pool.log.append(failure, run.getFirst(), run.getCount());
      pool.failed += run.getCount();
      recorder.endedTogether(pool, run.getFirst(), run.getCount(), failure);
      count(pool, run.getCount());
    }
  }

  /** Something other than an outcome is to be told to the pool's client. */
  void touch(Pool pool) {
    deliveries.touch(pool);
  }

  private void count(Pool pool, long tasks) {
    pool.unfinished -= tasks;
    deliveries.touch(pool);
  }

  /** Whether a task has done what it was to do. */
  static boolean isSuccess(TaskResult result) {
    return switch (result.getOutcomeCase()) {
      case FAILURE -> false;
      case EXIT -> result.getExit().hasCode() && result.getExit().getCode() == 0;
      default -> true;
    };
  }
}
