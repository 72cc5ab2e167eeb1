package dev.farpool.coordinator.core;

import com.google.protobuf.ByteString;

/** Payload as it came in its message. */
record HeapBytes(ByteString bytes) implements Bytes {
  @Override
  public int size() {
    return bytes.size();
  }

  @Override
  public long heapBytes() {
    return bytes.size();
  }

  @Override
  public ByteString slice(int from, int to) {
    return bytes.substring(from, to);
  }

  @Override
  public void release() {
    // The collector sees it.
  }
}
