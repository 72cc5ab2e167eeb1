package dev.farpool.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff =
      new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10), new Random(1));

  @Test
  void boundDoublesUpToTheCap() {
    for (int failure = 0; failure < 100; failure++) {
      long bound = Math.min(10_000L, 200L << Math.min(failure, 20));
      long delay = backoff.next().toMillis();
      assertTrue(delay >= 0 && delay <= bound, "delay " + delay + " of failure " + failure);
    }
  }

  @Test
  void resetStartsAgainAtTheBase() {
    for (int i = 0; i < 20; i++) {
      backoff.next();
    }
    backoff.reset();

    assertEquals(0, backoff.next().compareTo(Duration.ofMillis(200)) > 0 ? 1 : 0);
  }
}
