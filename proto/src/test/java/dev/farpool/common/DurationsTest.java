package dev.farpool.common;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DurationsTest {
  @Test
  void messageHoldsWhatTheJdkHolds() {
    Duration duration = Duration.ofMillis(1500);

    assertEquals(duration, Durations.of(Durations.toMessage(duration)));
    assertEquals(1_500_000_000L, Durations.nanos(Durations.toMessage(duration)));
  }

  @Test
  void centuriesAreCutToWhatAClockCanBeAddedTo() {
    assertEquals(
        Long.MAX_VALUE / 4, Durations.nanos(Durations.toMessage(Duration.ofDays(365_000))));
  }
}
