package dev.farpool.coordinator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.v1.TaskResult;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random workers, clients and mishaps from a seed. The scheduler's own invariants are checked after
 * each step; at the end everything heals and every task must have exactly one outcome.
 */
class RandomOperationsTest {
  private static final int STEPS = 400;

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyTaskEndsExactlyOnceWhateverHappens(long seed) {
    RandomCluster cluster = new RandomCluster(seed);

    for (int step = 0; step < STEPS; step++) {
      cluster.step();
    }
    cluster.healAndFinish();

    for (RandomClient client : cluster.clients()) {
      Map<Long, TaskResult> outcomes = new TreeMap<>(client.outcomes);
      assertEquals(client.submitted, outcomes.size(), "tasks with an outcome in " + client.pool);
      assertTrue(client.ended, () -> client.pool + " has not ended");
    }
    cluster.checkAtRest();
  }
}
