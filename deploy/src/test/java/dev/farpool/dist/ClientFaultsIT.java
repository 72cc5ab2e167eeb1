package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.farpool.chaos.history.Event.Kind;
import dev.farpool.chaos.kit.ClusterView;
import dev.farpool.chaos.kit.Launched;
import dev.farpool.chaos.kit.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that are killed, leave, or stop reading. */
@Timeout(180)
class ClientFaultsIT extends Sandboxed {
  private static final String GRACE = "3s";

  @Test
  void poolsOfAKilledClientEndAfterTheSessionsGrace() throws Exception {
    String address = sandbox.coordinator("--session-grace", GRACE);
    sandbox.worker(address, "w1", 2);
    Recorded recorded = new Recorded(sandbox, "killed");
    Launched client = endless(recorded, address);
    recorded.await(Kind.RESULT, 10);

    client.kill();

    new ClusterView(sandbox, Place.HERE, address).awaitNoPools();
    recorded.awaitExecutorsEnd();
  }

  @Test
  void poolsOfAProgramThatExitsWithoutClosingEndAtOnce() throws Exception {
    String address = sandbox.coordinator();
    sandbox.worker(address, "w1", 2);
    Recorded recorded = new Recorded(sandbox, "left");
    Launched client = recorded.workload(Place.HERE, address, "c", "--tasks", "1000", "--leave");

    client.exits(0);

    assertEquals(0, new ClusterView(sandbox, Place.HERE, address).pools());
    recorded.awaitExecutorsEnd();
  }

  @Test
  void aStoppedClientHoldsUpNobodyElseAndGetsItsResultsLater() throws Exception {
    String address = sandbox.coordinator();
    sandbox.worker(address, "w1", 2);
    Recorded recorded = new Recorded(sandbox, "stopped");
    Launched stopped =
        recorded.workload(Place.HERE, address, "a", "--tasks", "2000", "--longest", "2");
    recorded.await(Kind.RESULT, 100);

    stopped.pause();
    recorded.workload(Place.HERE, address, "b", "--tasks", "1000", "--longest", "2").exits(0);
    stopped.resume();

    stopped.exits(0);
    recorded.check(Recorded.rules(2));
  }

  private static Launched endless(Recorded recorded, String address) throws Exception {
    return recorded.workload(Place.HERE, address, "c", "--tasks", "1000000", "--longest", "20");
  }
}
