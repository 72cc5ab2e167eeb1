package dev.farpool.coordinator.core;

import dev.farpool.v1.ResultBlock;
import dev.farpool.v1.ResultsResponse;
import dev.farpool.v1.TaskResult;
import java.util.HashMap;
import java.util.Map;

/** One pool as its client sees it, with its own record of what may come. */
final class RandomClient {
  final String pool;
  final int processes;
  final Map<Long, TaskResult> outcomes = new HashMap<>();

  /** The attempt that was last started of each task: the only one whose result counts. */
  final Map<Long, Integer> attempts = new HashMap<>();

  long submitted;
  long call;
  long cursor;
  boolean ended;

  RandomClient(String pool, int processes) {
    this.pool = pool;
    this.processes = processes;
  }

  void take(ResultsResponse message) {
    for (ResultBlock block : message.getBlocksList()) {
      for (int i = 0; i < block.getIndexesCount(); i++) {
        long index = block.getIndexes(i);
        take(TaskResult.newBuilder().setIndex(index).build());
        if (block.getValues().byteAt(i) != attempts.get(index)) {
          throw new AssertionError(pool + ": a superseded attempt of task " + index + " counted");
        }
      }
    }
    message.getResultsList().forEach(this::take);
    cursor = message.getCursor();
    ended |= message.hasEnded();
  }

  private void take(TaskResult result) {
    if (outcomes.put(result.getIndex(), result) != null) {
      throw new AssertionError(pool + ": two outcomes of task " + result.getIndex());
    }
  }
}
