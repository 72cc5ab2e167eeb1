package dev.farpool.core;

import dev.farpool.v1.BlobRef;
import dev.farpool.v1.TaskOptions;
import dev.farpool.v1.TraceContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Consecutive tasks of one function with the same options and the same trace: their encoded
 * arguments one after the other, and who waits for them. Dropped when all of them have their
 * outcome.
 */
public final class Batch {
  static final int MAX_TASKS = 1000;
  static final int MAX_BYTES = 64 * 1024;

  private final PoolFunction function;
  private final TaskOptions options;
  private final LargeArgument largeArgument;
  private final TraceContext trace;
  private long firstIndex;
  private int count;
  private int length;
  private int unfinished;
  private int[] sizes = new int[4];
  private byte[] arguments = new byte[64];
  private TaskSink[] sinks = new TaskSink[4];
  private boolean accepted;

  /**
   * @param largeArgument that of the only task, if it is one; else null
   * @param trace the span that the tasks are children of; null for none
   */
  Batch(
      long firstIndex,
      PoolFunction function,
      TaskOptions options,
      LargeArgument largeArgument,
      TraceContext trace) {
    this.firstIndex = firstIndex;
    this.function = function;
    this.options = options;
    this.largeArgument = largeArgument;
    this.trace = trace;
  }

  boolean takes(PoolFunction function, TaskOptions options, int bytes, TraceContext trace) {
    return this.function == function
        && this.trace == trace
        && largeArgument == null
        && count < MAX_TASKS
        && length + bytes <= MAX_BYTES
        && this.options.equals(options);
  }

  void add(byte[] from, int at, int bytes, TaskSink sink) {
    if (count == sizes.length) {
      sizes = Arrays.copyOf(sizes, 2 * count);
      sinks = Arrays.copyOf(sinks, 2 * count);
    }
    if (count == 0 && bytes >= MAX_BYTES) {
      arguments = Arrays.copyOfRange(from, at, at + bytes); // Nothing fits behind it.
    } else {
      if (length + bytes > arguments.length) {
        arguments = Arrays.copyOf(arguments, Math.max(2 * arguments.length, length + bytes));
      }
      System.arraycopy(from, at, arguments, length, bytes);
    }
    sizes[count] = bytes;
    sinks[count] = sink;
    length += bytes;
    count++;
    unfinished++;
  }

  /** Gives back what was reserved for more tasks. */
  void seal() {
    if (count < sizes.length) {
      sizes = Arrays.copyOf(sizes, count);
      sinks = Arrays.copyOf(sinks, count);
    }
    if (length < arguments.length) {
      arguments = Arrays.copyOf(arguments, length);
    }
  }

  boolean full() {
    return count >= MAX_TASKS || length >= MAX_BYTES || largeArgument != null;
  }

  /** Takes whoever waits for a task, or null if it has its outcome. */
  TaskSink take(long index) {
    int at = (int) (index - firstIndex);
    TaskSink sink = sinks[at];
    if (sink != null) {
      sinks[at] = null;
      unfinished--;
    }
    return sink;
  }

  /** The tasks without an outcome, as batches that nobody has accepted. */
  List<Batch> parts() {
    if (unfinished == count) {
      accepted = false;
      return List.of(this);
    }
    List<Batch> parts = new ArrayList<>();
    Batch part = null;
    for (int i = 0, at = 0; i < count; at += sizes[i], i++) {
      if (sinks[i] == null) {
        part = null;
        continue;
      }
      if (part == null) {
        part = new Batch(firstIndex + i, function, options, largeArgument, trace);
        parts.add(part);
      }
      part.add(arguments, at, sizes[i], sinks[i]);
    }
    parts.forEach(Batch::seal);
    return parts;
  }

  TaskSink sink(int at) {
    return sinks[at];
  }

  void move(long firstIndex) {
    this.firstIndex = firstIndex;
    for (int i = 0; i < count; i++) {
      if (sinks[i] != null) {
        sinks[i].indexed(firstIndex + i);
      }
    }
  }

  int unfinished() {
    return unfinished;
  }

  boolean accepted() {
    return accepted;
  }

  void accepted(boolean accepted) {
    this.accepted = accepted;
  }

  /** The index of the first task. */
  public long firstIndex() {
    return firstIndex;
  }

  /** The index after the last task. */
  public long endIndex() {
    return firstIndex + count;
  }

  /** How many tasks it has. */
  public int count() {
    return count;
  }

  /** What they call. */
  public PoolFunction function() {
    return function;
  }

  /** How they run. */
  public TaskOptions options() {
    return options;
  }

  /** The number of bytes of a task's arguments. */
  public int size(int at) {
    return sizes[at];
  }

  /** The arguments one after the other: the first {@link #length} bytes. Not to be changed. */
  public byte[] arguments() {
    return arguments;
  }

  /** The number of bytes of all arguments. */
  public int length() {
    return length;
  }

  /** The arguments of the only task as a blob; null for others. */
  public BlobRef argumentBlob() {
    return largeArgument == null ? null : largeArgument.blob();
  }

  /** The span that the tasks are children of; null for none. */
  public TraceContext trace() {
    return trace;
  }

  LargeArgument largeArgument() {
    return largeArgument;
  }
}
