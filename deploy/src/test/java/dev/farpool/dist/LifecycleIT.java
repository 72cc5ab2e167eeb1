package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.chaos.kit.Launched;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the processes of a cluster start, fail to start and stop. */
@Timeout(120)
class LifecycleIT extends Sandboxed {
  @Test
  void portInUseIsToldInOneLine() throws Exception {
    String address = sandbox.coordinator();

    Launched second = sandbox.farpool("coordinator", "--listen", address).exits(1);

    assertEquals(1, second.err().size(), second::toString);
    assertTrue(second.err().get(0).contains(address), second::toString);
    assertEquals(List.of(), second.out());
  }

  @Test
  void exposedCoordinatorWarns() throws Exception {
    Launched coordinator = sandbox.farpool("coordinator", "--listen", "0.0.0.0:0", "--insecure");

    coordinator.awaitLine("farpool coordinator: listening on .*");
    coordinator.awaitErrorLine(".*WARNING: whoever reaches .*");
  }

  @Test
  void workerWithoutACoordinatorGivesUpInTime() throws Exception {
    Launched worker =
        sandbox
            .farpool("worker", "--coordinator", "127.0.0.1:1", "--connect-timeout", "2s")
            .exits(3);

    String last = worker.err().get(worker.err().size() - 1);
    assertTrue(last.contains("no coordinator answers at 127.0.0.1:1"), worker::toString);
    sandbox.assertNothingLeft();
  }

  @Test
  void secondWorkerOfTheSameNameIsRefused() throws Exception {
    String address = sandbox.coordinator();
    sandbox.worker(address, "twin", 1);

    Launched second =
        sandbox
            .farpool(
                "worker", "--coordinator", address, "--name", "twin", "--connect-timeout", "1s")
            .exits(1);

    assertTrue(second.err().get(second.err().size() - 1).contains("twin"), second::toString);
  }

  @Test
  void terminatedWorkerFinishesItsTaskAndLeaves() throws Exception {
    String address = sandbox.coordinator();
    Launched worker = sandbox.worker(address, "w1", 1);
    Launched task =
        sandbox.farpool(
            "exec", "--coordinator", address, "--", "sh", "-c", "echo begun; sleep 1; echo ended");
    task.awaitLine("begun");

    worker.terminate();

    task.exits(0);
    assertEquals(List.of("begun", "ended"), task.out());
    worker.exits(0);
  }

  @Test
  void secondSignalDoesNotWaitForTheTask() throws Exception {
    String address = sandbox.coordinator();
    Launched worker = sandbox.worker(address, "w1", 1);
    Launched task =
        sandbox.farpool(
            "exec", "--coordinator", address, "--", "sh", "-c", "echo begun; sleep 600");
    task.awaitLine("begun");

    worker.terminate();
    worker.awaitLine("farpool worker w1: draining.*");
    worker.terminate();

    worker.exits(143);
    task.exits(1);
  }

  @Test
  void terminatedClusterLeavesNothing() throws Exception {
    Launched coordinator = sandbox.farpool("coordinator", "--listen", "127.0.0.1:0");
    String address = coordinator.awaitLine("farpool coordinator: listening on (.*)").group(1);
    Launched worker = sandbox.worker(address, "w1", 2);
    sandbox.example(address, "ThreeTasks", "0.1").exits(0);

    worker.terminate();
    worker.exits(0);
    coordinator.terminate();
    coordinator.exits(0);

    sandbox.assertNothingLeft();
  }

  @Test
  void whatAKilledCoordinatorLeftIsSweptByTheNext() throws Exception {
    Launched killed = sandbox.farpool("coordinator", "--listen", "127.0.0.1:0");
    killed.awaitLine("farpool coordinator: listening on .*");
    killed.close();
    killed.exits(137);

    Launched next = sandbox.farpool("coordinator", "--listen", "127.0.0.1:0");
    next.awaitLine("farpool coordinator: listening on .*");
    next.terminate();
    next.exits(0);

    sandbox.assertNothingLeft();
  }
}
