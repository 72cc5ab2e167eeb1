package dev.farpool.coordinator.history;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;

/**
 * One moment on two clocks, so that times of the coordinator's own clock can be shown.
 *
 * @param nowNanos on the coordinator's clock, which never goes back
 * @param millis since 1970
 */
public record WallTime(long nowNanos, long millis) {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int NANOS_PER_MILLI = 1_000_000;

  /** Another moment of the coordinator's clock. */
  public Timestamp at(long nanos) {
    long then = millis - (nowNanos - nanos) / NANOS_PER_MILLI;
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(then, 1000L))
        .setNanos((int) Math.floorMod(then, 1000L) * NANOS_PER_MILLI)
        .build();
  }

  /** A time span. */
  public static Duration span(long nanos) {
    return Duration.newBuilder()
        .setSeconds(nanos / NANOS_PER_SECOND)
        .setNanos((int) (nanos % NANOS_PER_SECOND))
        .build();
  }
}
