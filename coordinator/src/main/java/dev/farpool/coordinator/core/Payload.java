package dev.farpool.coordinator.core;

import dev.farpool.v1.TaskBatch;

/** What the tasks of a batch are, as it came: kept whole, cut only when tasks are handed out. */
interface Payload {
  /** How many tasks. */
  int count();

  /** How many bytes a part of the tasks has on the wire, roughly. */
  long bytes(int from, int to);

  /** How much of the heap it takes, roughly. */
  long heapBytes();

  /** It is not needed any more. */
  void release();

  /** Puts a part of the tasks into a batch without copying their bytes. */
  void cut(int from, int to, TaskBatch.Builder out);

  /** The payload of a batch that was checked. */
  static Payload of(TaskBatch batch, Placement placement) {
    return switch (batch.getTasksCase()) {
      case JAVA ->
          batch.getJava().hasArgumentBlob()
              ? new WholePayload(batch)
              : new JavaPayload(batch.getJava(), placement.take(batch.getJava().getArguments()));
      case STATIC_METHODS ->
          new ListPayload.StaticMethods(
              batch.getStaticMethods(), placement.take(batch.getStaticMethods()));
      case COMMANDS ->
          new ListPayload.CommandLines(batch.getCommands(), placement.take(batch.getCommands()));
      case TASKS_NOT_SET -> throw new IllegalArgumentException("a batch without tasks");
    };
  }

  /** How many tasks of a range to take so that they stay within a number of bytes; at least 1. */
  default int fit(int from, int to, long maxBytes) {
    int low = from + 1;
    int high = to;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (bytes(from, middle) <= maxBytes) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low - from;
  }
}
