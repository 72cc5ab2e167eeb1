package dev.farpool.coordinator.core;

import com.google.protobuf.ByteString;

/** Payload, wherever it lies. Whoever keeps it lets it go once, and reads it only before. */
public interface Bytes {
  /** How many there are. */
  int size();

  /** How much of the heap they take, roughly. */
  long heapBytes();

  /** Those from a place to before another, on the heap. */
  ByteString slice(int from, int to);

  /** They are not needed any more. */
  void release();
}
