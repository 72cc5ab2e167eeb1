package dev.farpool.simulation.work;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;

/**
 * What a result says: which attempt made it.
 *
 * @param tag the task
 * @param attempt the attempt's number
 * @param run names this one run of the task's code
 */
public record ResultStamp(int tag, int attempt, int run) {
  private static final int BYTES = 12;

  /** The result, padded to a size. */
  public ByteString encode(int size) {
    ByteBuffer out = ByteBuffer.allocate(Math.max(BYTES, size));
    out.putInt(tag).putInt(attempt).putInt(run);
    return ByteString.copyFrom(out.rewind());
  }

  /** What a result says. */
  public static ResultStamp decode(byte[] result) {
    ByteBuffer in = ByteBuffer.wrap(result);
    return new ResultStamp(in.getInt(), in.getInt(), in.getInt());
  }
}
