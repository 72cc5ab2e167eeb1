package dev.farpool.coordinator.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PercentilesTest {
  private final Percentiles percentiles = new Percentiles();

  @Test
  void percentilesAreWrongByAtMostSevenPercent() {
    for (long nanos = 2_000; nanos < 20L * 3600 * 1_000_000_000; nanos = nanos * 21 / 20) {
      percentiles.clear();
      percentiles.add(nanos, 1);

      double error = Math.abs((double) percentiles.percentile(50) / nanos - 1);
      assertTrue(error < 0.07, nanos + " ns is wrong by " + error);
    }
  }

  @Test
  void percentilesAreTheRightRanks() {
    percentiles.add(1_000_000, 98);
    percentiles.add(1_000_000_000, 2);

    assertEquals(1.0, percentiles.percentile(50) / 1e6, 0.07);
    assertEquals(1.0, percentiles.percentile(98) / 1e6, 0.07);
    assertEquals(1.0, percentiles.percentile(99) / 1e9, 0.07);
  }

  @Test
  void spansBeyondBothEndsAreCounted() {
    percentiles.add(-5, 1);
    percentiles.add(0, 1);
    percentiles.add(Long.MAX_VALUE, 1);

    assertTrue(percentiles.percentile(1) < 1_000);
    assertTrue(percentiles.percentile(100) > 19L * 3600 * 1_000_000_000);
  }
}
