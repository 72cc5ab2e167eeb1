package dev.farpool.coordinator.core;

import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttemptsFinished;
import dev.farpool.v1.AttemptsReturned;
import dev.farpool.v1.Credit;
import dev.farpool.v1.ExecutorFailed;
import dev.farpool.v1.Failure;
import dev.farpool.v1.ResultBlock;
import dev.farpool.v1.TaskResult;
import java.util.BitSet;
import java.util.List;

/**
 * What workers tell. Only the current attempt of a task counts; what is late, repeated or of a
 * superseded attempt is dealt with and changes nothing.
 */
final class Reports {
  private final PoolTable pools;
  private final Recorder recorder;
  private final Printing printing;
  private final Outcomes outcomes;
  private final Endings endings;
  private final Dispatcher dispatcher;
  private final Releases releases;
  private final ExecutorFailures executorFailures;
  private final Counters counters;

  Reports(
      PoolTable pools,
      Recorder recorder,
      Outcomes outcomes,
      Endings endings,
      Dispatcher dispatcher,
      Releases releases,
      ExecutorFailures executorFailures,
      Counters counters) {
    this.pools = pools;
    this.recorder = recorder;
    this.printing = new Printing(pools, outcomes, recorder);
    this.outcomes = outcomes;
    this.endings = endings;
    this.dispatcher = dispatcher;
    this.releases = releases;
    this.executorFailures = executorFailures;
    this.counters = counters;
  }

  /** Deals with the parts of a message in the order of their numbers. */
  void handle(Worker worker, AttachRequest message, Placement placement, long nowNanos) {
    if (message.hasHeartbeat()) {
      worker.sightings.set(message.getHeartbeat().getRunningList(), nowNanos);
      worker.executors = message.getHeartbeat().getExecutors();
    }
    message.getStartedList().forEach(started -> printing.started(worker, started));
    message.getNotesList().forEach(noted -> printing.noted(worker, noted));
    message.getOutputList().forEach(output -> printing.printed(worker, output));
    message.getFinishedList().forEach(finished -> finished(worker, finished, placement));
    message.getReturnedList().forEach(returned -> returned(worker, returned, nowNanos));
    message.getCreditsList().forEach(credit -> credit(worker, credit));
    counters.add(Count.EXECUTORS_FAILED, message.getFailedCount());
    for (ExecutorFailed failed : message.getFailedList()) {
      Allotment allotment = allotment(worker, failed.getPool());
      if (allotment != null) {
        executorFailures.count(allotment, failed, nowNanos);
      }
    }
  }

  /** What the pool has of the worker, or null when it has nothing there any more. */
  private Allotment allotment(Worker worker, long poolNumber) {
    Pool pool = pools.numbered(poolNumber);
    return pool == null ? null : pool.allotments.get(worker);
  }

  private void finished(Worker worker, AttemptsFinished finished, Placement placement) {
    Allotment allotment = allotment(worker, finished.getPool());
    if (allotment == null) {
      return;
    }
    long ranNanos = recorder.ran(finished);
    if (finished.getBlock().getIndexesCount() > 0) {
      block(allotment, finished, placement, ranNanos);
    }
    for (int i = 0; i < finished.getResultsCount(); i++) {
      int attempt = attempt(finished.getResultAttemptsList(), i);
      result(allotment, finished.getResults(i), attempt, placement, ranNanos);
    }
    settle(allotment);
  }

  private void block(
      Allotment allotment, AttemptsFinished finished, Placement placement, long ranNanos) {
    ResultBlock block = finished.getBlock();
    BitSet stale = null;
    int room = recorder.room();
    for (int i = 0; i < block.getIndexesCount(); i++) {
      long index = block.getIndexes(i);
      Slab slab = answered(allotment, index, attempt(finished.getBlockAttemptsList(), i), null);
      if (slab == null) {
        stale = stale == null ? new BitSet() : stale;
        stale.set(i);
      } else if (room-- > 0) {
        recorder.succeeded(allotment, slab, index, ranNanos);
      }
    }
    ResultBlock current = stale == null ? block : without(stale, block);
    if (current.getIndexesCount() > 0) {
      outcomes.add(allotment.pool, current, placement.take(current.getValues()));
    }
  }

  /**
   * Takes a task that has answered from its worker.
   *
   * @param result null for one in a block
   * @return its slab, or null if that does not count
   */
  private Slab answered(Allotment allotment, long index, int attempt, TaskResult result) {
    Slab slab = current(allotment, index, attempt);
    if (slab != null) {
      recorder.answered(allotment.pool, slab, index, result);
      executorFailures.forget(allotment);
      letGo(allotment, slab, index);
    }
    return slab;
  }

  /**
   * The slab of a task if this attempt is the current one. If not, a worker that was to let go of
   * the task has done so now.
   */
  private Slab current(Allotment allotment, long index, int attempt) {
    Slab slab = allotment.pool.queue.find(index);
    if (slab != null && slab.isCurrent(index, allotment.worker.number, attempt)) {
      return slab;
    }
    if (slab != null && slab.isStopping(index, allotment.worker.number)) {
      letGo(allotment, slab, index);
    } else {
      counters.add(Count.REPORTS_REFUSED, 1);
    }
    return null;
  }

  private static void letGo(Allotment allotment, Slab slab, long index) {
    slab.endHeld(index);
    allotment.removeTask(slab.terms.cores());
    allotment.pool.queue.dropIfSpent(slab);
  }

  private static ResultBlock without(BitSet stale, ResultBlock block) {
    ResultBlock.Builder rest = ResultBlock.newBuilder();
    int from = 0;
    for (int i = 0; i < block.getIndexesCount(); i++) {
      int to = from + block.getSizes(i);
      if (!stale.get(i)) {
        rest.addIndexes(block.getIndexes(i)).addSizes(block.getSizes(i));
        rest.setValues(rest.getValues().concat(block.getValues().substring(from, to)));
      }
      from = to;
    }
    return rest.build();
  }

  private void result(
      Allotment allotment, TaskResult result, int attempt, Placement placement, long ranNanos) {
    long index = result.getIndex();
    if (result.hasFailure() && Failures.isLostAttempt(result.getFailure())) {
      lost(allotment, index, attempt, result.getFailure());
      return;
    }
    Slab slab = answered(allotment, index, attempt, result);
    if (slab != null) {
      recorder.ended(allotment, slab, result, ranNanos);
      Bytes stored = placement.take(result);
      TaskResult told = result.hasFailure() ? withAttempts(result, attempt) : result;
      outcomes.add(allotment.pool, told, stored);
    }
  }

  private static TaskResult withAttempts(TaskResult result, int attempt) {
    return result.toBuilder()
        .setFailure(Failures.withAttempts(result.getFailure(), attempt))
        .build();
  }

  private void lost(Allotment allotment, long index, int attempt, Failure failure) {
    Slab slab = current(allotment, index, attempt);
    if (slab != null) {
      executorFailures.forget(allotment);
      allotment.removeTask(slab.terms.cores());
      endings.lose(allotment.pool, slab, index, failure);
    }
  }

  private void returned(Worker worker, AttemptsReturned returned, long nowNanos) {
    Allotment allotment = allotment(worker, returned.getPool());
    if (allotment == null) {
      return;
    }
    for (int i = 0; i < returned.getIndexesCount(); i++) {
      long index = returned.getIndexes(i);
      int attempt = attempt(returned.getAttemptsList(), i);
      Slab slab = current(allotment, index, attempt);
      if (slab != null) {
        allotment.removeTask(slab.terms.cores());
        endings.putBack(allotment.pool, slab, index, nowNanos);
      }
    }
    settle(allotment);
  }

  private void credit(Worker worker, Credit credit) {
    Allotment allotment = allotment(worker, credit.getPool());
    if (allotment != null) {
      allotment.setPrefetch(credit.getPrefetchPerSlot());
      settle(allotment);
    }
  }

  private void settle(Allotment allotment) {
    dispatcher.settle(allotment);
    releases.releaseIfIdle(allotment);
  }

  private static int attempt(List<Integer> attempts, int at) {
    return attempts.isEmpty() ? 1 : attempts.get(at);
  }
}
