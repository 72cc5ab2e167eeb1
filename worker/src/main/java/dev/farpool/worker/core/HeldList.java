package dev.farpool.worker.core;

import dev.farpool.v1.AttemptsFinished;
import dev.farpool.v1.AttemptsReturned;
import dev.farpool.v1.HeldAttempts;
import java.util.List;

/** Collects the attempts of a pool that a worker says it holds. */
final class HeldList {
  private final HeldAttempts.Builder held = HeldAttempts.newBuilder();

  HeldList(String poolId) {
    held.setPoolId(poolId);
  }

  void setSlots(int slots) {
    held.setSlots(slots);
  }

  void add(long index, int attempt) {
    held.addIndexes(index).addAttempts(attempt);
  }

  void add(TaskRun run) {
    for (long index = run.firstIndex(); index < run.endIndex(); index++) {
      held.addIndexes(index).addAttempts(run.attempt());
    }
  }

  void add(IncompleteBatch batch) {
    for (long index = batch.firstIndex(); index < batch.endIndex(); index++) {
      held.addIndexes(index).addAttempts(batch.attempt());
    }
  }

  void add(AttemptsFinished finished) {
    for (int i = 0; i < finished.getBlock().getIndexesCount(); i++) {
      held.addIndexes(finished.getBlock().getIndexes(i));
      held.addAttempts(attempt(finished.getBlockAttemptsList(), i));
    }
    for (int i = 0; i < finished.getResultsCount(); i++) {
      held.addIndexes(finished.getResults(i).getIndex());
      held.addAttempts(attempt(finished.getResultAttemptsList(), i));
    }
  }

  void add(AttemptsReturned returned) {
    held.addAllIndexes(returned.getIndexesList());
    for (int i = 0; i < returned.getIndexesCount(); i++) {
      held.addAttempts(attempt(returned.getAttemptsList(), i));
    }
  }

  boolean isEmpty() {
    return held.getIndexesCount() == 0;
  }

  HeldAttempts build() {
    return held.build();
  }

  private static int attempt(List<Integer> attempts, int i) {
    return attempts.isEmpty() ? 1 : attempts.get(i);
  }
}
