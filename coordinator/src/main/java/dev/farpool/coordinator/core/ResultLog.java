package dev.farpool.coordinator.core;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.farpool.v1.Failure;
import dev.farpool.v1.ResultBlock;
import dev.farpool.v1.ResultsResponse;
import dev.farpool.v1.TaskResult;
import java.util.ArrayDeque;

/**
 * The outcomes of one pool in the order in which its tasks ended, kept until the client has dealt
 * with them. A cursor is the number of outcomes up to a place.
 */
final class ResultLog {
  /** At most this many outcomes are made of a run of equal ones in one message. */
  private static final int LONGEST_RUN = 4096;

  /** And about this many bytes: a failure can be long, and a message is sent in one piece. */
  private static final int RUN_BYTES = 1 << 20;

  private static final long OWN_BYTES = 150;
  private static final long INDEX_BYTES = 16;

  private final ArrayDeque<Entry> sent = new ArrayDeque<>();
  private final ArrayDeque<Entry> unsent = new ArrayDeque<>();
  private final Held held;
  private long end;

  ResultLog(Held held) {
    this.held = held;
  }

  /** How many outcomes there were so far. */
  long end() {
    return end;
  }

  boolean hasUnsent() {
    return !unsent.isEmpty();
  }

  boolean isEmpty() {
    return unsent.isEmpty() && sent.isEmpty();
  }

  void append(ResultBlock block, Bytes stored) {
    long cursor = end + block.getIndexesCount();
    add(stored == null ? new Block(cursor, block) : StoredBlock.of(cursor, block, stored));
  }

  void append(TaskResult result, Bytes stored) {
    add(
        stored == null
            ? new Single(end + 1, result, result.getSerializedSize())
            : new StoredSingle(end + 1, result.getFailure().getAttempts(), stored));
  }

  /** Adds the same failure for consecutive tasks. */
  void append(Failure failure, long first, long count) {
    int run = Math.max(1, Math.min(LONGEST_RUN, RUN_BYTES / (8 + failure.getSerializedSize())));
    for (long done = 0; done < count; done += run) {
      long part = Math.min(run, count - done);
      add(new Run(end + part, failure, first + done, (int) part));
    }
  }

  private void add(Entry entry) {
    unsent.add(entry);
    end = entry.end();
    held.add(entry.heapBytes());
  }

  /** Forgets what the client has dealt with. */
  void acknowledge(long cursor) {
    forget(sent, cursor);
    if (sent.isEmpty()) {
      forget(unsent, cursor);
    }
  }

  private void forget(ArrayDeque<Entry> entries, long cursor) {
    while (!entries.isEmpty() && entries.peek().end() <= cursor) {
      Entry entry = entries.poll();
      held.add(-entry.heapBytes());
      entry.release();
    }
  }

  /** Goes back so that everything after a cursor is sent again. */
  void rewind(long cursor) {
    while (!sent.isEmpty() && sent.peekLast().end() > cursor) {
      unsent.addFirst(sent.pollLast());
    }
    while (!unsent.isEmpty() && unsent.peek().end() <= cursor) {
      sent.add(unsent.poll());
    }
  }

  /** Moves what was not sent yet into a message, up to about so many bytes. */
  void drainTo(ResultsResponse.Builder message, long maxBytes) {
    long taken = 0;
    while (!unsent.isEmpty() && (taken == 0 || taken + unsent.peek().bytes() <= maxBytes)) {
      Entry entry = unsent.poll();
      entry.addTo(message);
      taken += entry.bytes();
      sent.add(entry);
    }
  }

  /** The cursor after what was sent. */
  long position() {
    return unsent.isEmpty() ? end : unsent.peek().start();
  }

  /** Forgets everything. */
  void clear() {
    acknowledge(end);
  }

  /** Consecutive outcomes; {@code end} is the cursor after them. */
  private sealed interface Entry {
    long end();

    int count();

    long bytes();

    /** How much of the heap it takes, roughly. */
    long heapBytes();

    void addTo(ResultsResponse.Builder message);

    /** It is not needed any more. */
    default void release() {}

    default long start() {
      return end() - count();
    }
  }

  private record Block(long end, ResultBlock block) implements Entry {
    @Override
    public int count() {
      return block.getIndexesCount();
    }

    @Override
    public long bytes() {
      return INDEX_BYTES * count() + block.getValues().size();
    }

    @Override
    public long heapBytes() {
      return OWN_BYTES + bytes();
    }

    @Override
    public void addTo(ResultsResponse.Builder message) {
      message.addBlocks(block);
    }
  }

  /** A block whose values lie elsewhere. */
  private record StoredBlock(long end, ResultBlock known, Bytes values) implements Entry {
    static StoredBlock of(long end, ResultBlock block, Bytes values) {
      return new StoredBlock(end, block.toBuilder().clearValues().build(), values);
    }

    @Override
    public int count() {
      return known.getIndexesCount();
    }

    @Override
    public long bytes() {
      return INDEX_BYTES * count() + values.size();
    }

    @Override
    public long heapBytes() {
      return OWN_BYTES + INDEX_BYTES * count() + values.heapBytes();
    }

    @Override
    public void addTo(ResultsResponse.Builder message) {
      message.addBlocks(known.toBuilder().setValues(values.slice(0, values.size())));
    }

    @Override
    public void release() {
      values.release();
    }
  }

  private record Single(long end, TaskResult result, long bytes) implements Entry {
    @Override
    public int count() {
      return 1;
    }

    @Override
    public long heapBytes() {
      return OWN_BYTES + bytes;
    }

    @Override
    public void addTo(ResultsResponse.Builder message) {
      message.addResults(result);
    }
  }

  /**
   * A result that lies elsewhere as it is on the wire.
   *
   * @param attempts to be told, if it is a failure
   */
  private record StoredSingle(long end, int attempts, Bytes result) implements Entry {
    @Override
    public int count() {
      return 1;
    }

    @Override
    public long bytes() {
      return result.size();
    }

    @Override
    public long heapBytes() {
      return OWN_BYTES + result.heapBytes();
    }

    @Override
    public void addTo(ResultsResponse.Builder message) {
      try {
        message.addResultsBuilder().mergeFrom(result.slice(0, result.size()));
      } catch (InvalidProtocolBufferException notWhatWasStored) {
        throw new IllegalStateException(notWhatWasStored);
      }
      TaskResult.Builder read = message.getResultsBuilder(message.getResultsCount() - 1);
      if (read.hasFailure()) {
        read.getFailureBuilder().setAttempts(attempts);
      }
    }

    @Override
    public void release() {
      result.release();
    }
  }

  /** Failures of consecutive tasks that differ in nothing but the index. */
  private record Run(long end, Failure failure, long first, int count) implements Entry {
    @Override
    public long bytes() {
      return (long) count * (8 + failure.getSerializedSize());
    }

    @Override
    public long heapBytes() {
      return OWN_BYTES;
    }

    @Override
    public void addTo(ResultsResponse.Builder message) {
      for (long index = first; index < first + count; index++) {
        message.addResults(TaskResult.newBuilder().setIndex(index).setFailure(failure));
      }
    }
  }
}
