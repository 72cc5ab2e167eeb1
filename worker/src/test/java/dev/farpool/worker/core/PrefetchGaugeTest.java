package dev.farpool.worker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** How many tasks are kept ready for a slot. */
class PrefetchGaugeTest {
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000 * MICRO;

  private final PrefetchGauge gauge = new PrefetchGauge();

  @Test
  void nothingIsKeptReadyBeforeATaskHasEnded() {
    assertEquals(0, gauge.prefetch(MILLI));
  }

  @Test
  void oneIsKeptReadyWhereAGapBetweenTasksWouldCostOnePartInAHundred() {
    gauge.ran(10 * MILLI, 1);

    assertEquals(1, gauge.prefetch(110 * MICRO));
    assertEquals(0, gauge.prefetch(90 * MICRO));
  }

  @Test
  void nothingIsKeptReadyBehindTasksThatAreLongInThemselves() {
    gauge.ran(60 * MILLI, 1);

    assertEquals(0, gauge.prefetch(MILLI));
  }

  @Test
  void overALongWayLongTasksAreKeptReadyToo() {
    gauge.ran(900 * MILLI, 1);

    assertEquals(1, gauge.prefetch(50 * MILLI));
  }

  @Test
  void aFewAreKeptReadyOfWhatTakesAMillisecond() {
    gauge.ran(MILLI, 1);

    assertEquals(8, gauge.prefetch(100 * MICRO));
  }

  @Test
  void theWayToTheExecutorCountsLikeTheRoundTrip() {
    gauge.ran(10 * MILLI, 1);
    assertEquals(0, gauge.prefetch(20 * MICRO));

    travelledOften(100 * MICRO);

    assertEquals(1, gauge.prefetch(20 * MICRO));
  }

  @Test
  void aPauseOnTheWayCountsForLittle() {
    gauge.ran(MILLI, 1);
    int without = gauge.prefetch(20 * MICRO);

    travelledOften(1_000 * MILLI);

    assertEquals(without, gauge.prefetch(20 * MICRO));
  }

  @Test
  void whatIsStuckWouldNotBeKeptReady() {
    for (long roundTrip : new long[] {10 * MICRO, 300 * MICRO, MILLI, 5 * MILLI, 100 * MILLI}) {
      gauge.ran(MICRO, 1);
      assertTrue(gauge.prefetch(roundTrip) > 0);

      gauge.running(gauge.stuckNanos(roundTrip));

      assertEquals(0, gauge.prefetch(roundTrip));
    }
  }

  @Test
  void whatWaitsBehindATaskIsWorthMovingUnlessTheTaskIsAboutToEnd() {
    gauge.ran(10 * MILLI, 1);
    assertTrue(gauge.regrant(MILLI));

    assertTrue(gauge.isWorthMoving(MILLI, MILLI));
    assertFalse(gauge.isWorthMoving(9 * MILLI, MILLI));
    assertTrue(gauge.isWorthMoving(30 * MILLI, MILLI));
  }

  @Test
  void whatWaitsBehindAShortTaskIsWorthMovingOnlyIfItIsLate() {
    gauge.ran(MILLI, 1);
    assertTrue(gauge.regrant(20 * MICRO));

    assertFalse(gauge.isWorthMoving(0, 20 * MICRO));
    assertTrue(gauge.isWorthMoving(10 * MILLI, 20 * MICRO));
  }

  private void travelledOften(long nanos) {
    for (int i = 0; i < 100; i++) {
      gauge.travelled(nanos);
    }
  }
}
