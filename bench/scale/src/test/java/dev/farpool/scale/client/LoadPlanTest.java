package dev.farpool.scale.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LoadPlanTest {
  @Test
  void spreadsDepthAndSlotsOverThePools() {
    LoadPlan plan = new LoadPlan(4, 64_000, 100_000, 100);

    assertEquals(41_000, plan.depth());
    assertEquals(16_000, plan.processes());
  }

  @Test
  void sendsSmallBatchesForASmallQueue() {
    assertEquals(250, new LoadPlan(1, 64_000, 1_000, 100).batch());
    assertEquals(1, new LoadPlan(4, 8, 1, 100).batch());
  }

  @Test
  void keepsMessagesBelowAMebibyteOfPayload() {
    assertEquals(1_000, new LoadPlan(1, 64_000, 1_000_000, 100).batch());
    assertEquals(16, new LoadPlan(1, 64_000, 1_000_000, 65_536).batch());
  }
}
