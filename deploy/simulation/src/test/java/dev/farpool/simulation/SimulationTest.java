package dev.farpool.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.farpool.simulation.fault.Profile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** What is found here can be looked at with the command in the report. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SimulationTest {
  private static final int SEEDS = 4000;
  private static final int THREADS = 2;

  @Test
  @Order(1)
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void seedsThatOnceFailedAreFine() throws IOException {
    try (InputStream file = SimulationTest.class.getResourceAsStream("/seeds.txt")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\\s+"))
          .forEach(words -> runOnce(words[0], Long.parseLong(words[1])));
    }
  }

  private static void runOnce(String profile, long seed) {
    Profile chosen = Profile.valueOf(profile.toUpperCase(Locale.ROOT));
    Verdict verdict = new Simulation(ScenarioMaker.make(seed, chosen)).run();
    assertTrue(verdict.isFine(), verdict::report);
  }

  @Test
  @Order(2)
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void noSeedViolatesAnInvariant() throws InterruptedException {
    Campaign.Result result = Campaign.run(1, SEEDS, null, THREADS, verdict -> {});
    System.out.println("simulation: " + result.summary());
    result.failed().stream().findFirst().ifPresent(verdict -> fail(verdict.report()));
    assertEquals(SEEDS, result.seeds());
  }

  @Test
  @Order(3)
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void aSeedGivesTheSameRunAgain() {
    List<Long> seeds = LongStream.rangeClosed(1, 20).boxed().toList();
    List<Long> first = seeds.stream().map(SimulationTest::hash).toList();
    List<Long> second = seeds.stream().map(SimulationTest::hash).toList();
    assertEquals(first, second);
  }

  private static long hash(long seed) {
    return new Simulation(ScenarioMaker.make(seed, null)).run().hash();
  }
}
