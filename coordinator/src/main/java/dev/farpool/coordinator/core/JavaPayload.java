package dev.farpool.coordinator.core;

import dev.farpool.v1.JavaCalls;
import dev.farpool.v1.TaskBatch;

/**
 * Calls of one function: one array of bytes, and where each call's begin. Calls of one size, the
 * usual case for small ones, need no array for that.
 */
final class JavaPayload implements Payload {
  private final int function;
  private final int count;
  private final Bytes arguments;
  private final int stride;
  private final int[] offsets;

  /**
   * @param stored where the arguments lie; null for in the message
   */
  JavaPayload(JavaCalls calls, Bytes stored) {
    this.function = calls.getFunction();
    this.count = calls.getSizesCount();
    this.arguments = stored == null ? new HeapBytes(calls.getArguments()) : stored;
    this.stride = commonSize(calls);
    this.offsets = stride >= 0 ? null : offsets(calls);
  }

  private static int commonSize(JavaCalls calls) {
    int first = calls.getSizes(0);
    for (int i = calls.getSizesCount() - 1; i > 0; i--) {
      if (calls.getSizes(i) != first) {
        return -1;
      }
    }
    return first;
  }

  private static int[] offsets(JavaCalls calls) {
    int[] offsets = new int[calls.getSizesCount() + 1];
    for (int i = 0; i < calls.getSizesCount(); i++) {
      offsets[i + 1] = offsets[i] + calls.getSizes(i);
    }
    return offsets;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public long bytes(int from, int to) {
    return (long) offset(to) - offset(from) + (to - from);
  }

  @Override
  public void release() {
    arguments.release();
  }

  @Override
  public long heapBytes() {
    return arguments.heapBytes() + (offsets == null ? 0 : 4L * offsets.length);
  }

  @Override
  public void cut(int from, int to, TaskBatch.Builder out) {
    JavaCalls.Builder calls = JavaCalls.newBuilder().setFunction(function);
    for (int i = from; i < to; i++) {
      calls.addSizes(offset(i + 1) - offset(i));
    }
    out.setJava(calls.setArguments(arguments.slice(offset(from), offset(to))));
  }

  private int offset(int task) {
    return offsets == null ? task * stride : offsets[task];
  }
}
