package dev.farpool.scale.crew;

import com.google.protobuf.ByteString;
import dev.farpool.v1.AttemptsFinished;
import dev.farpool.v1.ResultBlock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What a simulated worker has of one pool. Not thread-safe. */
final class SimPool {
  private record Waiting(long first, int count, int attempt) {}

  final long number;
  final Prefetch prefetch;
  boolean creditDue;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final List<Long> indexes = new ArrayList<>();
  private final List<Integer> attempts = new ArrayList<>();
  private int slots;
  private int running;

  SimPool(long number, Prefetch prefetch) {
    this.number = number;
    this.prefetch = prefetch;
  }

  /** Consecutive tasks have come. */
  void add(long first, int count, int attempt, int allSlots) {
    waiting.add(new Waiting(first, count, attempt));
    slots = allSlots;
  }

  /** Whether a task waits and the pool has a slot for it. */
  boolean mayStart() {
    return !waiting.isEmpty() && running < slots;
  }

  /** Starts the oldest waiting task; the result is what to do at its end. */
  Runnable start() {
    Waiting next = waiting.removeFirst();
    if (next.count() > 1) {
      waiting.addFirst(new Waiting(next.first() + 1, next.count() - 1, next.attempt()));
    }
    running++;
    return () -> {
      running--;
      indexes.add(next.first());
      attempts.add(next.attempt());
    };
  }

  boolean hasFinished() {
    return !indexes.isEmpty();
  }

  /** Takes what has ended since the last time, each with an empty result. */
  AttemptsFinished takeFinished() {
    ResultBlock.Builder block =
        ResultBlock.newBuilder().addAllIndexes(indexes).setValues(ByteString.EMPTY);
    for (int i = 0; i < indexes.size(); i++) {
      block.addSizes(0);
    }
    AttemptsFinished.Builder finished =
        AttemptsFinished.newBuilder().setPool(number).setBlock(block);
    if (attempts.stream().anyMatch(attempt -> attempt != 1)) {
      finished.addAllBlockAttempts(attempts);
    }
    indexes.clear();
    attempts.clear();
    return finished.build();
  }
}
