package dev.farpool.worker.core;

import com.google.protobuf.ByteString;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttemptOutput;
import dev.farpool.v1.TaskOutput;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What tasks printed, on its way to the coordinator: bounded, the oldest is dropped and counted.
 */
final class OutputQueue {
  private static final int MESSAGE_BYTES = 1024 * 1024;
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  private record Entry(HeldPool pool, int attempt, TaskOutput output) {
    int size() {
      return output.getData().size();
    }
  }

  private final Deque<Entry> waiting = new ArrayDeque<>();
  private int bytes;

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void add(HeldPool pool, long index, int attempt, boolean stderr, ByteString data) {
    TaskOutput.Builder output = TaskOutput.newBuilder().setStderr(stderr).setData(data);
    if (index >= 0) {
      output.setIndex(index);
    }
    waiting.addLast(new Entry(pool, attempt, output.build()));
    bytes += data.size();
    while (bytes > MOST_BYTES) {
      Entry oldest = waiting.pollFirst();
      bytes -= oldest.size();
      oldest.pool().droppedOutput += oldest.size();
    }
  }

  /**
   * Moves the oldest into a message.
   *
   * @return whether nothing is left
   */
  boolean fill(AttachRequest.Builder message) {
    int taken = 0;
    while (!waiting.isEmpty() && taken < MESSAGE_BYTES) {
      Entry entry = waiting.pollFirst();
      bytes -= entry.size();
      taken += entry.size();
      if (entry.pool().isNumbered()) {
        message.addOutput(numbered(entry));
      }
    }
    return waiting.isEmpty();
  }

  void drop(HeldPool pool) {
    waiting.removeIf(entry -> entry.pool() == pool);
    bytes = waiting.stream().mapToInt(Entry::size).sum();
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
