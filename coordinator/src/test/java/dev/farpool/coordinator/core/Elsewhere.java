package dev.farpool.coordinator.core;

import com.google.protobuf.ByteString;
import dev.farpool.v1.TaskResult;

/** Payload that lies elsewhere, with a count of what was not let go. */
final class Elsewhere implements Placement {
  private int kept;

  /** How much of what was taken was not released. */
  int kept() {
    return kept;
  }

  @Override
  public Bytes take(Object piece) {
    kept++;
    return new Counted(
        piece instanceof TaskResult result ? result.toByteString() : (ByteString) piece);
  }

  private final class Counted implements Bytes {
    private final ByteString bytes;
    private boolean released;

    Counted(ByteString bytes) {
      this.bytes = bytes;
    }

    @Override
    public int size() {
      return bytes.size();
    }

    @Override
    public long heapBytes() {
      return 0;
    }

    @Override
    public ByteString slice(int from, int to) {
      if (released) {
        throw new AssertionError("read after it was released");
      }
      return bytes.substring(from, to);
    }

    @Override
    public void release() {
      if (released) {
        throw new AssertionError("released twice");
      }
      released = true;
      kept--;
    }
  }
}
