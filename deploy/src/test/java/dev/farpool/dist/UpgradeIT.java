package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.farpool.chaos.history.Event.Kind;
import dev.farpool.chaos.history.History;
import dev.farpool.chaos.kit.Launched;
import dev.farpool.chaos.kit.Place;
import dev.farpool.chaos.kit.Sandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All processes of a cluster are replaced while it works. */
@Timeout(120)
class UpgradeIT extends Sandboxed {
  private static final int TASKS = 1500;

  @Test
  void workersAndCoordinatorAreReplacedOneByOneAndNoTaskIsLostOrRepeated() throws Exception {
    Launched old = sandbox.coordinator(Place.HERE, Sandbox.LASTING);
    String coordinator = Sandbox.address(old);
    Launched first = sandbox.worker(coordinator, "old-1", 1);
    Launched second = sandbox.worker(coordinator, "old-2", 1);
    Recorded recorded = new Recorded(sandbox, "upgrade");
    Launched client =
        recorded.workload(Place.HERE, coordinator, "c", "--tasks", "" + TASKS, "--longest", "50");
    recorded.await(Kind.RESULT, TASKS / 10);

    replace(coordinator, first, "new-1");
    old.terminate();
    old.exits(0);
    sandbox.coordinator(Place.HERE, coordinator);
    replace(coordinator, second, "new-2");

    client.exits(0);
    History history = recorded.check(Recorded.rules(3));
    assertEquals(TASKS, history.attempts().size());
  }

  private void replace(String coordinator, Launched worker, String name) throws Exception {
    sandbox.worker(coordinator, name, 1);
    worker.terminate();
    worker.exits(0);
  }
}
