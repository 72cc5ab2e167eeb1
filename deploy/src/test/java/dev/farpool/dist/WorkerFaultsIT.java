package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.chaos.history.Event.Kind;
import dev.farpool.chaos.history.History;
import dev.farpool.chaos.kit.ClusterView;
import dev.farpool.chaos.kit.Launched;
import dev.farpool.chaos.kit.Place;
import dev.farpool.chaos.kit.Signals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers that are killed, stopped, paused, or share a name. */
@Timeout(180)
class WorkerFaultsIT extends Sandboxed {
  private static final int TASKS = 1000;

  /** A map's chunk is one task of several items. */
  private static final int MOST_ITEMS = 5;

  private static final String LEASE = "2s";
  private static final long BEYOND_LEASE_MILLIS = 4000;
  private static final long BELOW_LEASE_MILLIS = 900;

  @Test
  void tasksOfAKilledWorkerRunElsewhere() throws Exception {
    String address = sandbox.coordinator("--lease", LEASE);
    Launched doomed = sandbox.worker(address, "w1", 2);
    sandbox.worker(address, "w2", 2);
    Recorded recorded = new Recorded(sandbox, "killed");
    Launched client = load(recorded, address);

    recorded.await(Kind.RESULT, TASKS / 10);
    doomed.kill();

    client.exits(0);
    recorded.check(Recorded.rules(4));
  }

  @Test
  void tasksOfAPausedWorkerRunElsewhereAndItsOwnAreRefused() throws Exception {
    String address = sandbox.coordinator("--lease", LEASE);
    Launched paused = sandbox.worker(address, "w1", 2);
    sandbox.worker(address, "w2", 2);
    Recorded recorded = new Recorded(sandbox, "paused");
    Launched client = load(recorded, address);

    recorded.await(Kind.RESULT, TASKS / 10);
    paused.pause();
    Thread.sleep(BEYOND_LEASE_MILLIS);
    paused.resume();

    client.exits(0);
    recorded.check(Recorded.rules(4));
    new ClusterView(sandbox, Place.HERE, address).awaitWorker("w1", "active");
  }

  @Test
  void aPauseBelowTheLeaseChangesNothing() throws Exception {
    String address = sandbox.coordinator("--lease", LEASE);
    Launched worker = sandbox.worker(address, "w1", 2);
    Recorded recorded = new Recorded(sandbox, "short-pause");
    Launched client = load(recorded, address);

    recorded.await(Kind.RESULT, TASKS / 10);
    worker.pause();
    Thread.sleep(BELOW_LEASE_MILLIS);
    worker.resume();

    client.exits(0);
    History history = recorded.check(Recorded.rules(2));
    assertEquals(TASKS, history.attempts().size());
  }

  @Test
  void killedExecutorsCostOnlyTheirOwnTasksAnAttempt() throws Exception {
    String address = sandbox.coordinator();
    sandbox.worker(address, "w1", 2);
    Recorded recorded = new Recorded(sandbox, "executors");
    Launched client = load(recorded, address);

    for (int kills = 1; kills <= 5; kills++) {
      recorded.await(Kind.RESULT, TASKS * kills / 10);
      Signals.kill(recorded.lastExecutor());
    }

    client.exits(0);
    History history = recorded.check(Recorded.rules(2));
    assertTrue(
        history.attempts().size() <= TASKS + 5 * MOST_ITEMS, () -> "" + history.attempts().size());
  }

  @Test
  void theNextWorkerOfAHostEndsWhatTheKilledOneLeft() throws Exception {
    String address = sandbox.coordinator("--lease", LEASE);
    String directory = sandbox.directory().resolve("host").toString();
    Launched killed = sandbox.worker(address, "w1", 1, "--directory", directory);
    Launched task =
        sandbox.farpool(
            "exec", "--coordinator", address, "--", "sh", "-c", "echo $$; exec sleep 600");
    long sleeper = Long.parseLong(task.awaitLine("(\\d+)").group(1));
    long executor = ProcessHandle.of(sleeper).flatMap(ProcessHandle::parent).orElseThrow().pid();

    Signals.pause(executor); // It cannot end itself now.
    killed.kill();
    sandbox.worker(address, "w2", 1, "--directory", directory);

    assertFalse(Signals.isThere(executor));
    assertFalse(Signals.isThere(sleeper));
  }

  @Test
  void aRestartedWorkerTakesItsNameBackWhenTheLeaseOfTheKilledOneIsOver() throws Exception {
    String address = sandbox.coordinator("--lease", LEASE);
    sandbox.worker(address, "w1", 1).kill();

    sandbox.worker(address, "w1", 1);

    assertEquals(1, new ClusterView(sandbox, Place.HERE, address).workers("active").size());
  }

  @Test
  void aDrainedWorkerHandsItsTasksBackUncounted() throws Exception {
    String address = sandbox.coordinator();
    Launched leaving = sandbox.worker(address, "w1", 2);
    sandbox.worker(address, "w2", 2);
    Recorded recorded = new Recorded(sandbox, "drain");
    Launched client = load(recorded, address);

    recorded.await(Kind.RESULT, TASKS / 10);
    leaving.terminate();

    leaving.exits(0);
    client.exits(0);
    History history = recorded.check(Recorded.rules(4));
    assertEquals(TASKS, history.attempts().size());
  }

  private static Launched load(Recorded recorded, String address) throws Exception {
    return recorded.workload(
        Place.HERE, address, "c", "--tasks", "" + TASKS, "--longest", "300", "--processes", "8");
  }
}
