package dev.farpool.executor;

import dev.farpool.executor.frame.FrameReader;
import dev.farpool.executor.task.TaskTrace;
import java.io.IOException;

/**
 * What tasks of one frame have in common.
 *
 * @param kind one of {@code TaskKind}
 * @param function the number of their function; 0 where there is none
 * @param attempt the number of these attempts
 * @param firstIndex the index of the first
 * @param trace the span they belong to; null for none
 * @param sizes the number of bytes of each body
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and not copied on the way.
record TaskHeader(
    byte kind, int function, int attempt, long firstIndex, TaskTrace trace, int[] sizes) {
  static TaskHeader read(FrameReader in) throws IOException {
    byte kind = in.readByte();
    int function = in.readInt();
    int attempt = in.readInt();
    long firstIndex = in.readLong();
    int count = in.readInt();
    TaskTrace trace = in.readByte() == 0 ? null : new TaskTrace(in.readString(), in.readString());
    int[] sizes = new int[count];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = in.readInt();
    }
    return new TaskHeader(kind, function, attempt, firstIndex, trace, sizes);
  }

  /** The index of the {@code i}th. */
  long index(int i) {
    return firstIndex + i;
  }
}
