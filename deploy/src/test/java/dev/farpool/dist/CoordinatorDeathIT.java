package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.chaos.history.Event.Kind;
import dev.farpool.chaos.history.History;
import dev.farpool.chaos.kit.Launched;
import dev.farpool.chaos.kit.Place;
import dev.farpool.chaos.kit.Sandbox;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a program notices of a coordinator that is killed and comes back: a pause. */
@Order(1) // Long, so that it does not end alone.
@Timeout(180)
class CoordinatorDeathIT extends Sandboxed {
  private static final int TASKS = 100_000;
  private static final long AWAY_MILLIS = 5000;

  @Test
  void hundredThousandTasksSurviveItWithAllResultsRightAndOnce() throws Exception {
    String data = sandbox.directory().resolve("data").toString();
    Launched first = sandbox.coordinator(Place.HERE, Sandbox.LASTING, "--data", data);
    String address = Sandbox.address(first);
    sandbox.worker(address, "w1", 1);
    sandbox.worker(address, "w2", 1);
    Recorded recorded = new Recorded(sandbox, "hundred-thousand");
    Launched client =
        recorded.workload(
            Place.HERE,
            address,
            "c",
            "--tasks",
            "" + TASKS,
            "--window",
            "" + TASKS,
            "--longest",
            "0");

    recorded.await(Kind.RESULT, TASKS / 5);
    first.kill();
    Thread.sleep(AWAY_MILLIS);
    sandbox.coordinator(Place.HERE, address, "--data", data);

    client.exits(0);
    History history = recorded.check(Recorded.rules(2));
    assertEquals(TASKS, history.count(Kind.RESULT));
  }

  @Test
  void aSecondCoordinatorOnTheSameDataIsRefused() throws Exception {
    String data = sandbox.directory().resolve("data").toString();
    sandbox.coordinator("--data", data);

    Launched second =
        sandbox.farpool("coordinator", "--listen", "127.0.0.1:0", "--data", data).exits(1);

    assertEquals(List.of(), second.out());
    assertEquals(1, second.err().size(), second::toString);
    assertTrue(second.err().get(0).contains(data), second::toString);
  }
}
