package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.chaos.history.Event.Kind;
import dev.farpool.chaos.history.History;
import dev.farpool.chaos.kit.Host.Direction;
import dev.farpool.chaos.kit.Launched;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Links that lose everything, flap or are slow, between hosts of their own. */
@Order(1) // Long, so that it does not end alone.
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class NetworkIT {
  private static final String LEASE = "2s";
  private static final long BEYOND_LEASE_MILLIS = 5000;
  private static final int FLAPS = 6;

  private NetworkCluster cluster;

  @AfterEach
  void stopCluster() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  private void start(int workers, String lease) throws Exception {
    cluster = NetworkCluster.orSkip(lease);
    cluster.startWorkers(workers);
  }

  @Test
  void tasksOfAWorkerThatIsCutOffRunElsewhere() throws Exception {
    start(2, LEASE);
    Launched client = cluster.load(1500);
    cluster.recorded().await(Kind.RESULT, 100);

    cluster.workerHost(0).cut();
    Thread.sleep(BEYOND_LEASE_MILLIS);
    cluster.workerHost(0).heal();

    client.exits(0);
    cluster.check();
    cluster.view().awaitWorker("w0", "active");
  }

  @Test
  void aWorkerThatIsHeardButHearsNothingStopsItsTasksInTime() throws Exception {
    loseOneWay(Direction.IN);
  }

  @Test
  void tasksOfAWorkerThatHearsButIsNotHeardRunElsewhere() throws Exception {
    loseOneWay(Direction.OUT);
  }

  private void loseOneWay(Direction direction) throws Exception {
    start(2, LEASE);
    Launched client = cluster.load(1500);
    cluster.recorded().await(Kind.RESULT, 100);

    cluster.workerHost(0).cut(direction);
    Thread.sleep(BEYOND_LEASE_MILLIS);
    cluster.workerHost(0).heal();

    client.exits(0);
    cluster.check();
    cluster.view().awaitWorker("w0", "active");
  }

  @Test
  void workersCutOffOneByOneAndHealedInAnotherOrderAllComeBack() throws Exception {
    start(3, LEASE);
    Launched client = cluster.load(1500);
    cluster.recorded().await(Kind.RESULT, 100);
    List<Integer> order = new ArrayList<>(List.of(0, 1, 2));
    Collections.shuffle(order, new Random(41));

    for (int worker : order) {
      cluster.workerHost(worker).cut();
      Thread.sleep(1000);
    }
    Collections.shuffle(order, new Random(42));
    for (int worker : order) {
      cluster.workerHost(worker).heal();
      Thread.sleep(1000);
    }

    client.exits(0);
    cluster.check();
    for (int worker : order) {
      cluster.view().awaitWorker("w" + worker, "active");
    }
  }

  @Test
  void aClientThatWasCutOffGetsEachResultOnce() throws Exception {
    start(1, LEASE);
    Launched client = cluster.load(1500);
    cluster.recorded().await(Kind.RESULT, 100);

    cluster.clientHost().cut();
    Thread.sleep(BEYOND_LEASE_MILLIS);
    cluster.clientHost().heal();

    client.exits(0);
    History history = cluster.check();
    assertEquals(1500, history.attempts().size());
  }

  @Test
  void aFlappingLinkLeavesNothingOpenAtTheCoordinator() throws Exception {
    start(1, LEASE);
    Launched client = cluster.load(1500);
    cluster.recorded().await(Kind.RESULT, 100);
    long before = cluster.openFilesOfCoordinator();

    for (int flap = 0; flap < FLAPS; flap++) {
      cluster.workerHost(0).cut();
      cluster.clientHost().cut();
      Thread.sleep(1000);
      cluster.workerHost(0).heal();
      cluster.clientHost().heal();
      Thread.sleep(1000);
    }

    client.exits(0);
    cluster.check();
    long after = cluster.openFilesOfCoordinator();
    assertTrue(after <= before + 4, before + " open files before, " + after + " after");
  }

  @Test
  void jarsOnASlowLinkDelayNoHeartbeat() throws Exception {
    start(1, "5s");
    cluster.workerHost(0).slow(15_000);

    cluster
        .load(50)
        .exits(0); // All jars of the program go over it first, for longer than the lease.

    History history = cluster.check();
    assertEquals(50, history.attempts().size());
    List<String> log = cluster.worker(0).err();
    assertTrue(log.stream().noneMatch(line -> line.contains("event=reconnect")), log::toString);
  }

  @Test
  void theCoordinatorIsFoundAgainAtItsOtherAddress() throws Exception {
    start(1, LEASE);
    Launched client = cluster.load(1500);
    cluster.recorded().await(Kind.RESULT, 100);

    cluster.moveCoordinator();

    client.exits(0);
    cluster.check();
  }
}
