package dev.farpool.worker.core;

import com.google.protobuf.ByteString;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttemptOutput;
import dev.farpool.v1.TaskOutput;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What tasks printed, on its way to the coordinator. It is bounded: while the stream is up,
 * executors that print too fast are not listened to; while it is down they run on, and the oldest
 * is dropped and counted.
 */
final class OutputQueue {
  private static final int MESSAGE_BYTES = 1024 * 1024;
  private static final int MOST_BYTES = 4 * 1024 * 1024;
  private static final int HIGH_BYTES = 1024 * 1024;
  private static final int LOW_BYTES = 256 * 1024;

  private record Entry(long number, HeldPool pool, int attempt, TaskOutput output) {
    int size() {
      return output.getData().size();
    }
  }

  private final Effects effects;
  private final Deque<Entry> waiting = new ArrayDeque<>();
  private final Set<Long> unheard = new LinkedHashSet<>();
  private int bytes;
  private long added;
  private boolean up;

  OutputQueue(Effects effects) {
    this.effects = effects;
  }

  /** Whether the stream is up. */
  void setUp(boolean on) {
    up = on;
    if (!on) {
      listenToAll();
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** How much was ever added, in pieces. */
  long added() {
    return added;
  }

  /** Up to which piece everything is gone. */
  long gone() {
    return waiting.isEmpty() ? added : waiting.peekFirst().number() - 1;
  }

  void add(Pipeline pipeline, long index, int attempt, boolean stderr, ByteString data) {
    TaskOutput.Builder output = TaskOutput.newBuilder().setStderr(stderr).setData(data);
    if (index >= 0) {
      output.setIndex(index);
    }
    waiting.addLast(new Entry(++added, pipeline.pool, attempt, output.build()));
    bytes += data.size();
    if (up && bytes > HIGH_BYTES && unheard.add(pipeline.id)) {
      effects.listen(pipeline.id, false);
    }
    while (bytes > MOST_BYTES) {
      Entry oldest = waiting.pollFirst();
      bytes -= oldest.size();
      oldest.pool().droppedOutput += oldest.size();
    }
  }

  /** Moves the oldest into a message. */
  void fill(AttachRequest.Builder message) {
    int taken = 0;
    while (!waiting.isEmpty() && taken < MESSAGE_BYTES) {
      Entry entry = waiting.pollFirst();
      bytes -= entry.size();
      taken += entry.size();
      if (entry.pool().isNumbered()) {
        message.addOutput(numbered(entry));
      }
    }
    if (bytes < LOW_BYTES) {
      listenToAll();
    }
  }

  private void listenToAll() {
    unheard.forEach(executor -> effects.listen(executor, true));
    unheard.clear();
  }

  void drop(HeldPool pool) {
    waiting.removeIf(entry -> entry.pool() == pool);
    bytes = waiting.stream().mapToInt(Entry::size).sum();
    if (bytes < LOW_BYTES) {
      listenToAll();
    }
  }

  private static AttemptOutput numbered(Entry entry) {
    TaskOutput output = entry.output();
    if (entry.pool().droppedOutput > 0) {
      output = output.toBuilder().setDropped(entry.pool().droppedOutput).build();
      entry.pool().droppedOutput = 0;
    }
    return AttemptOutput.newBuilder()
        .setPool(entry.pool().number())
        .setAttempt(entry.attempt())
        .setOutput(output)
        .build();
  }
}
