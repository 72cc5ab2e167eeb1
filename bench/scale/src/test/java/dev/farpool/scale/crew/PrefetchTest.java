package dev.farpool.scale.crew;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PrefetchTest {
  private static final double TASK_NANOS = 1e6;

  private final Prefetch prefetch = new Prefetch(TASK_NANOS);

  @Test
  void isNoneForTasksThatAreLongAgainstTheRoundTrip() {
    assertFalse(prefetch.regrant((long) TASK_NANOS / 20));
    assertEquals(0, prefetch.granted());
  }

  @Test
  void isTwoRoundTripsWorthForShortTasks() {
    assertTrue(prefetch.regrant(10 * (long) TASK_NANOS));
    assertEquals(20, prefetch.granted());
  }

  @Test
  void staysForSmallChanges() {
    prefetch.regrant(10 * (long) TASK_NANOS);
    assertFalse(prefetch.regrant(12 * (long) TASK_NANOS));
    assertTrue(prefetch.regrant(20 * (long) TASK_NANOS));
  }
}
