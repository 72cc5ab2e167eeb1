package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.chaos.kit.Launched;
import dev.farpool.chaos.kit.Network;
import dev.farpool.chaos.kit.Place;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** The chaos run, for some seconds. */
@Timeout(180)
@Isolated("Ten processes that have to be done in a time.")
class ChaosIT extends Sandboxed {
  private static final String MAIN = "dev.farpool.chaos.Main";

  @Test
  void aShortRunKeepsEveryPromiseAndLeavesNothing() throws Exception {
    Assumptions.assumeTrue(Network.missing().isEmpty(), () -> Network.missing().orElse(""));

    List<String> out = chaos("--smoke", "--seed", "3").exits(0).out();

    assertTrue(out.contains("| tasks lost | 0 |"), out::toString);
  }

  @Test
  void theScheduleOfASeedIsTheSameEachTime() throws Exception {
    List<String> first = chaos("--schedule", "--seed", "3").exits(0).out();

    assertEquals(first, chaos("--schedule", "--seed", "3").exits(0).out());
    assertTrue(first.size() > 100, first::toString);
  }

  private Launched chaos(String... options) throws Exception {
    String[] arguments = new String[options.length + 2];
    System.arraycopy(options, 0, arguments, 2, options.length);
    arguments[0] = "--distribution";
    arguments[1] = sandbox.home().toString();
    return sandbox.program(Place.HERE, "", MAIN, arguments);
  }
}
