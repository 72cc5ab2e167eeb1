package dev.farpool.coordinator.core;

import com.google.protobuf.Duration;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.ResultBlock;
import dev.farpool.v1.ResultsResponse;
import dev.farpool.v1.ResumedPool;
import dev.farpool.v1.TaskBatch;
import dev.farpool.v1.TaskOptions;
import dev.farpool.v1.TaskResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One pool as its client sees it, with its own record of what may come. */
final class RandomClient {
  final String pool;
  final int processes;
  final Map<Long, TaskResult> outcomes = new HashMap<>();

  /** The attempt that was last started of each task: the only one whose result counts. */
  final Map<Long, Integer> attempts = new HashMap<>();

  /** What is to be submitted next. */
  final ArrayDeque<TaskBatch> pending = new ArrayDeque<>();

  private final List<TaskBatch> batches = new ArrayList<>();
  long submitted;
  long call;
  long cursor;
  boolean ended;

  RandomClient(String pool, int processes) {
    this.pool = pool;
    this.processes = processes;
  }

  PoolSpec spec() {
    return PoolSpec.newBuilder().setProcesses(processes).build();
  }

  /** The next batch to submit: what the last coordinator had, or something new. */
  TaskBatch nextBatch(Random random) {
    if (pending.isEmpty()) {
      pending.add(newBatch(random));
    }
    return pending.poll();
  }

  /** A batch was rejected: its pool takes no more. */
  void takeBack(TaskBatch batch) {
    batches.remove(batch);
    submitted = Math.min(submitted, batch.getFirstIndex());
  }

  private TaskBatch newBatch(Random random) {
    TaskOptions.Builder options = TaskOptions.newBuilder();
    if (random.nextInt(5) == 0) {
      options.setCores(1 + random.nextInt(3));
    }
    if (random.nextInt(10) == 0) {
      options.setQueueTimeout(Duration.newBuilder().setSeconds(2));
    }
    options.setAtMostOnce(random.nextInt(5) == 0);
    TaskBatch batch = Fixture.batch(submitted, 1 + random.nextInt(20), options.build());
    batches.add(batch);
    submitted += batch.getJava().getSizesCount();
    return batch;
  }

  /** How far the pool has come, for another coordinator; what is left is to be submitted again. */
  ResumedPool resume() {
    cursor = 0;
    pending.clear();
    ResumedPool.Builder resumed = ResumedPool.newBuilder().setNextIndex(submitted);
    long first = 0;
    for (long index = 0; index <= submitted; index++) {
      boolean finished = index < submitted && outcomes.containsKey(index);
      if (!finished && first < index) {
        resumed.addFinished(IndexRange.newBuilder().setFirst(first).setCount(index - first));
      }
      first = finished ? first : index + 1;
    }
    batches.forEach(this::addUnfinished);
    return resumed.build();
  }

  private void addUnfinished(TaskBatch batch) {
    long end = batch.getFirstIndex() + batch.getJava().getSizesCount();
    long first = batch.getFirstIndex();
    for (long index = first; index <= end; index++) {
      if (index == end || outcomes.containsKey(index)) {
        if (first < index) {
          pending.add(Fixture.batch(first, (int) (index - first), batch.getOptions()));
        }
        first = index + 1;
      }
    }
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
