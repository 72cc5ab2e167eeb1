package dev.farpool.worker.exec;

import com.google.protobuf.ByteString;

/** The last bytes an executor wrote to standard error, by whatever way. Thread-safe. */
final class StderrTail {
  private static final int BYTES = 4096;

  private ByteString tail = ByteString.EMPTY;

  synchronized void add(ByteString data) {
    ByteString all = tail.concat(data);
    // Copied, so that the tail does not keep alive the large pieces that it was cut from.
    tail = ByteString.copyFrom(all.substring(Math.max(0, all.size() - BYTES)).toByteArray());
  }

  /** As text, without a character cut in two at its start. */
  synchronized String text() {
    int start = 0;
    while (start < Math.min(3, tail.size()) && (tail.byteAt(start) & 0xC0) == 0x80) {
      start++;
    }
    return tail.substring(start).toStringUtf8();
  }
}
