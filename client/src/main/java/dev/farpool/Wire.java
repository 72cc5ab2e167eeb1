package dev.farpool;

import dev.farpool.common.Durations;
import java.time.Duration;
import java.util.Objects;

/** From the public surface to the contract's messages, with the checks that belong to it. */
final class Wire {
  private Wire() {}

  static com.google.protobuf.Duration positive(Duration duration, String field) {
    Objects.requireNonNull(duration, field);
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(field + " must be positive, not " + duration);
    }
    return Durations.toMessage(duration);
  }

  static dev.farpool.v1.CancelMode message(CancelMode mode) {
    return switch (mode) {
      case QUEUED_ONLY -> dev.farpool.v1.CancelMode.CANCEL_MODE_QUEUED_ONLY;
      case INTERRUPT -> dev.farpool.v1.CancelMode.CANCEL_MODE_INTERRUPT;
      case KILL -> dev.farpool.v1.CancelMode.CANCEL_MODE_KILL;
    };
  }

  static void range(int value, int least, int most, String field) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          field + " must be " + least + " to " + most + ", not " + value);
    }
  }

  /** A duration as nanoseconds; one that is too long for that is as good as for ever. */
  static long nanos(Duration duration) {
    Objects.requireNonNull(duration, "timeout");
    try {
      return duration.toNanos();
    } catch (ArithmeticException forEver) {
      return duration.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }
}
