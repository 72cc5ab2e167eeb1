package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.farpool.chaos.history.Event.Kind;
import dev.farpool.chaos.kit.Network;
import dev.farpool.chaos.kit.Place;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Monotonic clocks that differ: nobody may compare those of two hosts. */
@Timeout(120)
class ClockIT extends Sandboxed {
  private static final int TASKS = 1500;

  @Test
  void aWorkerWhoseMonotonicClockIsADayAheadIsLikeAnyOther() throws Exception {
    Assumptions.assumeTrue(Network.missing().isEmpty(), () -> Network.missing().orElse(""));
    String address = sandbox.coordinator("--lease", "2s");
    Place tomorrow =
        command ->
            prefixed(
                command, "unshare", "--time", "--monotonic", "86400", "--fork", "--kill-child");
    sandbox.workerOn(tomorrow, address, "w1", 2).awaitLine(".*, attached to .*");
    Recorded recorded = new Recorded(sandbox, "monotonic");

    recorded.workload(Place.HERE, address, "c", "--tasks", "" + TASKS, "--longest", "100").exits(0);

    assertEquals(TASKS, recorded.count(Kind.RESULT));
    assertEquals(TASKS, recorded.count(Kind.START));
  }

  private static List<String> prefixed(List<String> command, String... prefix) {
    List<String> all = new ArrayList<>(List.of(prefix));
    all.addAll(command);
    return all;
  }
}
