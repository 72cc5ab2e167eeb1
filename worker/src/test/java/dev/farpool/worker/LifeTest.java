package dev.farpool.worker;

import static dev.farpool.worker.testing.WorkerHarness.awaitFile;
import static dev.farpool.worker.testing.WorkerHarness.isGone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.v1.HeldAttempts;
import dev.farpool.v1.Register;
import dev.farpool.worker.testing.AgentProgram;
import dev.farpool.worker.testing.FakeCoordinator;
import dev.farpool.worker.testing.WorkerHarness;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The worker's own life: registration, breaks, leases, draining, and what it leaves behind. */
@Timeout(60)
class LifeTest {
  @TempDir Path temp;

  @Test
  void registersWithWhatItIs() throws Exception {
    try (WorkerHarness harness = new WorkerHarness(temp, 3)) {
      Register register = harness.coordinator.awaitRegistration(1);

      assertEquals("w1", register.getName());
      assertEquals(3, register.getCores());
      assertEquals(ProcessHandle.current().pid(), register.getPid());
      assertTrue(harness.worker.awaitAttached(Duration.ofSeconds(10)));
    }
  }

  @Test
  void aWorkerWhoseNameIsTakenWaitsUntilItIsFree() throws Exception {
    try (FakeCoordinator coordinator = new FakeCoordinator()) {
      coordinator.setRefusal(Status.ALREADY_EXISTS.withDescription("w1 runs elsewhere"));
      try (Worker worker = Worker.start(WorkerConfig.of("w1", 1, temp), coordinator)) {
        coordinator.awaitRegistration(2);
        assertTrue(worker.disconnectedBecause().contains("w1 runs elsewhere"));
        coordinator.setRefusal(null);

        assertTrue(worker.awaitAttached(Duration.ofSeconds(20)));
      }
    }
  }

  @Test
  void itIsReadyWhileItIsAttachedAndDoesNotDrain() throws Exception {
    BlockingQueue<Boolean> told = new LinkedBlockingQueue<>();
    try (FakeCoordinator coordinator = new FakeCoordinator();
        Worker worker = Worker.start(WorkerConfig.of("w1", 1, temp), coordinator, told::add)) {
      coordinator.awaitRegistration(1);
      assertEquals(true, told.poll(10, TimeUnit.SECONDS));

      coordinator.breakStream();
      assertEquals(false, told.poll(10, TimeUnit.SECONDS));
      assertEquals(true, told.poll(10, TimeUnit.SECONDS));

      worker.drain("a test is over");
      assertEquals(false, told.poll(10, TimeUnit.SECONDS));
    }
    assertTrue(told.isEmpty(), told::toString);
  }

  @Test
  void aWorkerThatIsRefusedForGoodSaysWhy() throws Exception {
    try (FakeCoordinator coordinator = new FakeCoordinator()) {
      coordinator.setRefusal(Status.FAILED_PRECONDITION.withDescription("no common protocol"));
      try (Worker worker = Worker.start(WorkerConfig.of("w1", 1, temp), coordinator)) {
        assertTrue(worker.awaitTermination(Duration.ofSeconds(20)));

        String message =
            assertThrows(
                    IllegalStateException.class, () -> worker.awaitAttached(Duration.ofSeconds(1)))
                .getMessage();
        assertTrue(message.contains("no common protocol"), message);
      }
    }
  }

  @Test
  void afterABreakItKeepsItsTasksAndSendsAgainWhatWasNotAcknowledged() throws Exception {
    Path gate = temp.resolve("gate");
    try (WorkerHarness harness = new WorkerHarness(temp.resolve("w"), 1)) {
      harness.coordinator.setRepeating(true);
      harness.coordinator.setAcknowledging(false);
      harness.open(harness.spec()).call(1, "echo", "a").call(1, "hold", gate.toString());
      awaitFile(gate);
      harness.coordinator.awaitOutcomes(1);
      harness.coordinator.setAcknowledging(true);

      harness.coordinator.breakStream();

      List<HeldAttempts> held = harness.coordinator.awaitRegistration(2).getHeldList();
      assertEquals("p7", held.get(0).getPoolId());
      assertEquals(List.of(0L, 1L), held.get(0).getIndexesList().stream().sorted().toList());
      harness.coordinator.awaitHeard(
          all -> all.stream().mapToInt(heard -> heard.getFinishedCount()).sum() == 2);
      Files.delete(gate);
      assertEquals(
          "let go", harness.coordinator.awaitOutcomes(2).get(1L).getEncoded().toStringUtf8());
    }
  }

  @Test
  void poolsThatEndedDuringABreakAreGivenUp() throws Exception {
    Path file = temp.resolve("spin");
    try (WorkerHarness harness = new WorkerHarness(temp.resolve("w"), 1)) {
      harness.open(harness.spec()).call(1, "spin", file.toString());
      long pid = Long.parseLong(awaitFile(file));
      harness.coordinator.forgetPools();

      harness.coordinator.breakStream();

      assertTrue(isGone(pid));
    }
  }

  @Test
  void resultsOutliveTheCoordinator() throws Exception {
    Path gate = temp.resolve("gate");
    try (WorkerHarness harness = new WorkerHarness(temp.resolve("w"), 1)) {
      harness.open(harness.spec()).call(1, "hold", gate.toString());
      awaitFile(gate);
      harness.coordinator.forgetPools();
      harness.coordinator.setCoordinatorId("second");
      harness.coordinator.breakStream();
      harness.coordinator.awaitRegistration(2);
      Files.delete(gate);

      harness.open(harness.spec());

      assertEquals(
          "let go", harness.coordinator.awaitOutcomes(1).get(0L).getEncoded().toStringUtf8());
    }
  }

  @Test
  void executorsAreKilledWhenTheLeaseHasRunOut() throws Exception {
    Path file = temp.resolve("spin");
    try (WorkerHarness harness = new WorkerHarness(temp.resolve("w"), 1, 1.0)) {
      harness.open(harness.spec()).call(1, "spin", file.toString());
      long pid = Long.parseLong(awaitFile(file));

      harness.coordinator.setAcknowledging(false);

      assertTrue(isGone(pid));
    }
  }

  @Test
  void drainingGivesBackWhatWaitsAndFinishesWhatRuns() throws Exception {
    Path gate = temp.resolve("gate");
    try (WorkerHarness harness = new WorkerHarness(temp.resolve("w"), 1)) {
      harness.open(harness.spec()).call(1, "hold", gate.toString()).call(1, "echo", "later");
      awaitFile(gate);

      harness.worker.drain("test");

      harness.coordinator.awaitHeard(
          all -> all.stream().anyMatch(heard -> heard.getReturnedCount() > 0));
      assertFalse(harness.worker.awaitTermination(Duration.ofMillis(1)));
      Files.delete(gate);
      harness.coordinator.awaitOutcomes(1);
      assertTrue(harness.worker.awaitTermination(Duration.ofSeconds(20)));
    }
  }

  @Test
  void closingLeavesNoProcessAndNoFile() throws Exception {
    Path directory = temp.resolve("w");
    Path file = temp.resolve("escaped");
    Path spin = temp.resolve("spin");
    WorkerHarness harness = new WorkerHarness(directory, 2);
    harness
        .open(harness.spec())
        .call(2, "escape", file.toString())
        .call(2, "spin", spin.toString());
    long escaped = Long.parseLong(awaitFile(file));
    long spinning = Long.parseLong(awaitFile(spin));

    harness.close();

    assertTrue(isGone(escaped));
    assertTrue(isGone(spinning));
    assertEquals(List.of(), list(directory.resolve("agents")));
  }

  @Test
  void killedAgentLeavesNoProcessAndNoFile() throws Exception {
    Path directory = temp.resolve("w");
    Path file = temp.resolve("escaped");
    Process agent = AgentProgram.start(directory, file, 10);
    try {
      long escaped = Long.parseLong(awaitFile(file));
      List<Long> executors = agent.descendants().map(ProcessHandle::pid).toList();
      assertFalse(executors.isEmpty());

      agent.destroyForcibly().waitFor();

      assertTrue(isGone(escaped));
      for (long executor : executors) {
        assertTrue(isGone(executor));
      }
      assertEquals(List.of(), list(directory.resolve("agents")));
    } finally {
      agent.destroyForcibly();
    }
  }

  @Test
  void theNextAgentDeletesWhatADeadOneLeft() throws Exception {
    Path dead = temp.resolve("agents").resolve("1-dead");
    Files.createDirectories(dead);
    Files.writeString(dead.resolve("lock"), "");

    new WorkerHarness(temp, 1).close();

    assertFalse(Files.exists(dead));
  }

  @Test
  void wrongConfigurationIsRefusedByName() {
    assertMessage("name must be", () -> WorkerConfig.of("a b", 1, temp));
    assertMessage("cores must be 1 to 100000, not 0", () -> WorkerConfig.of("w", 0, temp));
  }

  private static void assertMessage(String part, Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(message.contains(part), message);
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }
}
