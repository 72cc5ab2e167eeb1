package dev.farpool.common;

import com.google.protobuf.Duration;

/** The contract's durations, from and to those of the JDK. */
public final class Durations {
  private Durations() {}

  /** As the contract writes it. */
  public static Duration toMessage(java.time.Duration duration) {
    return Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }

  /** As the JDK writes it. */
  public static java.time.Duration of(Duration message) {
    return java.time.Duration.ofSeconds(message.getSeconds(), message.getNanos());
  }

  /** As nanoseconds; what does not fit is the longest there is that a clock can be added to. */
  public static long nanos(Duration message) {
    try {
      return Math.addExact(
          Math.multiplyExact(message.getSeconds(), 1_000_000_000L), message.getNanos());
    } catch (ArithmeticException centuries) {
      return Long.MAX_VALUE / 4;
    }
  }
}
