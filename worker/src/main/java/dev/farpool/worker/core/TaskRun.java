package dev.farpool.worker.core;

import com.google.protobuf.ByteString;
import dev.farpool.v1.TraceContext;

/**
 * Consecutive tasks of one batch: a view of it.
 *
 * @param from the first, counted in the batch
 * @param to the one after the last
 */
public record TaskRun(Batch batch, int from, int to) {
  /** How many. */
  public int count() {
    return to - from;
  }

  /** The index of the first task in its pool. */
  public long firstIndex() {
    return batch.firstIndex() + from;
  }

  /** The index after the last. */
  long endIndex() {
    return batch.firstIndex() + to;
  }

  /** The number of the attempts. */
  public int attempt() {
    return batch.attempt();
  }

  /** One of {@code TaskKind}. */
  public byte kind() {
    return batch.kind();
  }

  /** The number of the function; 0 where there is none. */
  public int function() {
    return batch.function();
  }

  /** The span that the first task belongs to, and all the others with it; null for none. */
  public TraceContext trace() {
    return batch.trace() == null ? null : batch.trace().told(from);
  }

  /** How many of the first tasks can go together: each whose run is recorded has its own span. */
  int together() {
    return batch.trace() != null && batch.trace().isRecorded() ? 1 : count();
  }

  /** The size of the body of the {@code i}th task. */
  public int size(int i) {
    return batch.offsets()[from + i + 1] - batch.offsets()[from + i];
  }

  /** The bodies, one after the other. */
  public ByteString bodies() {
    return batch.bodies().substring(batch.offsets()[from], batch.offsets()[to]);
  }

  /** The first so many. */
  TaskRun head(int count) {
    return new TaskRun(batch, from, from + count);
  }

  /** Those after the first so many. */
  TaskRun tail(int count) {
    return new TaskRun(batch, from + count, to);
  }

  /** How many of the first tasks have bodies that fit in so many bytes; at least 1. */
  int countWithin(int bytes) {
    int start = batch.offsets()[from];
    int count = 1;
    while (count < count() && batch.offsets()[from + count + 1] - start <= bytes) {
      count++;
    }
    return count;
  }
}
