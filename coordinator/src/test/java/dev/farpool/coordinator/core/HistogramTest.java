package dev.farpool.coordinator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HistogramTest {
  private final Histogram histogram = new Histogram();

  @Test
  void aBoundIsIncludedInItsRange() {
    histogram.add(100_000, 1);
    histogram.add(100_001, 1);

    assertEquals(1, histogram.read().counts()[0]);
    assertEquals(1, histogram.read().counts()[1]);
  }

  @Test
  void whatIsAboveAllBoundsIsCounted() {
    histogram.add(Long.MAX_VALUE, 3);

    long[] counts = histogram.read().counts();
    assertEquals(3, counts[counts.length - 1]);
    assertEquals(counts.length - 1, histogram.read().boundsNanos().length);
  }

  @Test
  void aTimeBelowZeroCountsAsNone() {
    histogram.add(-5, 2);

    assertEquals(2, histogram.read().counts()[0]);
    assertEquals(0, histogram.read().sumNanos());
  }

  @Test
  void theSumIsOfAllTimes() {
    histogram.add(1_000_000, 4);
    histogram.add(500_000, 2);

    assertEquals(5_000_000, histogram.read().sumNanos());
  }
}
