package dev.farpool.executor;

import dev.farpool.executor.frame.FrameReader;
import java.io.IOException;

/**
 * What tasks of one frame have in common.
 *
 * @param kind one of {@code TaskKind}
 * @param function the number of their function; 0 where there is none
 * @param attempt the number of these attempts
 * @param firstIndex the index of the first
 * @param sizes the number of bytes of each body
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and not copied on the way.
record TaskHeader(byte kind, int function, int attempt, long firstIndex, int[] sizes) {
  static TaskHeader read(FrameReader in) throws IOException {
    byte kind = in.readByte();
    int function = in.readInt();
    int attempt = in.readInt();
    long firstIndex = in.readLong();
    int[] sizes = new int[in.readInt()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = in.readInt();
    }
    return new TaskHeader(kind, function, attempt, firstIndex, sizes);
  }

  /** The index of the {@code i}th. */
  long index(int i) {
    return firstIndex + i;
  }
}
