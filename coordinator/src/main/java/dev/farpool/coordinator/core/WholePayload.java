package dev.farpool.coordinator.core;

import dev.farpool.v1.JavaCalls;
import dev.farpool.v1.TaskBatch;

/** One call whose argument is a blob. */
final class WholePayload implements Payload {
  private static final long OBJECT_BYTES = 300;

  private final JavaCalls call;

  WholePayload(TaskBatch batch) {
    this.call = batch.getJava();
  }

  @Override
  public int count() {
    return 1;
  }

  @Override
  public long bytes(int from, int to) {
    return call.getArgumentBlob().getSerializedSize();
  }

  @Override
  public long heapBytes() {
    return OBJECT_BYTES;
  }

  @Override
  public void release() {
    // The blob belongs to the store.
  }

  @Override
  public void cut(int from, int to, TaskBatch.Builder out) {
    out.setJava(call);
  }
}
