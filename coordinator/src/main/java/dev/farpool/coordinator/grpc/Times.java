package dev.farpool.coordinator.grpc;

import com.google.protobuf.Duration;

/** Times as messages. */
final class Times {
  private Times() {}

  static Duration toMessage(java.time.Duration time) {
    return Duration.newBuilder().setSeconds(time.getSeconds()).setNanos(time.getNano()).build();
  }

  static long toNanos(Duration time) {
    return java.time.Duration.ofSeconds(time.getSeconds(), time.getNanos()).toNanos();
  }
}
