package dev.farpool.worker.core;

import com.google.protobuf.Duration;

/** Durations of the contract as nanoseconds; what does not fit is the longest there is. */
public final class Durations {
  private Durations() {}

  /** The nanoseconds. */
  public static long nanos(Duration duration) {
    try {
      return Math.addExact(
          Math.multiplyExact(duration.getSeconds(), 1_000_000_000L), duration.getNanos());
    } catch (ArithmeticException centuries) {
      return Long.MAX_VALUE / 4;
    }
  }
}
