package dev.farpool.worker;

import static dev.farpool.worker.testing.WorkerHarness.awaitFile;
import static dev.farpool.worker.testing.WorkerHarness.comesTrue;
import static dev.farpool.worker.testing.WorkerHarness.isGone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.executor.tree.Signals;
import dev.farpool.v1.Register;
import dev.farpool.worker.testing.AgentProgram;
import dev.farpool.worker.testing.WorkerHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to a worker, its executors do not run on when others may have their tasks. */
@Timeout(60)
class FencingTest {
  /** Long enough for a busy machine, which must not end it by being slow. */
  private static final int LEASE_SECONDS = 3;

  private static final int STOP = 19;
  private static final int CONT = 18;

  @TempDir Path temp;

  private WorkerHarness harness(double leaseSeconds) throws Exception {
    return new WorkerHarness(WorkerConfig.of("w1", 1, temp.resolve("w")), leaseSeconds);
  }

  @Test
  void executorsOfAStoppedWorkerEndWithItsLease() throws Exception {
    Path file = temp.resolve("escaped");
    Process agent = AgentProgram.start(temp.resolve("w"), file, LEASE_SECONDS);
    try {
      long escaped = Long.parseLong(awaitFile(file));
      List<Long> executors = agent.descendants().map(ProcessHandle::pid).toList();
      assertFalse(executors.isEmpty());

      Signals.send(agent.toHandle(), STOP);

      assertTrue(isGone(escaped));
      for (long executor : executors) {
        assertTrue(comesTrue(() -> isOver(executor)));
      }
      // The agent may come back, and needs it then.
      assertFalse(directoriesOfAgents().isEmpty());
    } finally {
      Signals.send(agent.toHandle(), CONT);
      agent.destroyForcibly().waitFor();
    }
  }

  private List<Path> directoriesOfAgents() throws IOException {
    try (Stream<Path> directories = Files.list(temp.resolve("w/agents"))) {
      return directories.toList();
    }
  }

  /** A stopped parent does not ask after its children. */
  private static boolean isOver(long pid) throws IOException {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "stat")).contains(") Z ");
    } catch (NoSuchFileException gone) {
      return true;
    }
  }

  @Test
  void executorsOfAWorkerWhoseLoopHangsEndWithItsLease() throws Exception {
    Path file = temp.resolve("spin");
    try (WorkerHarness harness = harness(LEASE_SECONDS)) {
      harness.open(harness.spec()).call(1, "spin", file.toString());
      long pid = Long.parseLong(awaitFile(file));

      // What is sent is handled by the coordinator on the worker's own thread: that stands still.
      harness.coordinator.hang();
      try {
        assertTrue(isGone(pid));
      } finally {
        harness.coordinator.goOn();
      }
    }
  }

  @Test
  void aWorkerComesBackWithANewRegistrationAfterItsLease() throws Exception {
    Path file = temp.resolve("spin");
    try (WorkerHarness harness = harness(LEASE_SECONDS)) {
      harness.open(harness.spec()).call(1, "spin", file.toString());
      long pid = Long.parseLong(awaitFile(file));

      harness.coordinator.setAcknowledging(false);
      Register register = harness.coordinator.awaitNextRegistration();
      harness.coordinator.setAcknowledging(true);

      assertTrue(isGone(pid));
      assertFalse(register.getIntact());
      assertEquals(0, register.getHeldCount());
      assertTrue(harness.worker.awaitAttached(Duration.ofSeconds(10)));
      harness.call(1, "echo", "again");
      assertEquals("again", harness.encoded(1, 1));
    }
  }

  @Test
  void aShortBreakHarmsNothing() throws Exception {
    Path gate = temp.resolve("gate");
    try (WorkerHarness harness = harness(10)) {
      harness.open(harness.spec()).call(1, "hold", gate.toString());
      awaitFile(gate);

      harness.coordinator.breakStream();
      assertTrue(harness.coordinator.awaitNextRegistration().getIntact());
      Files.delete(gate);
      assertEquals("let go", harness.encoded(1, 0));
    }
  }

  @Test
  void theNextWorkerEndsWhatTheLastOneLeftBeforeItRegisters() throws Exception {
    Path directory = temp.resolve("w");
    Path file = temp.resolve("escaped");
    Process agent = AgentProgram.start(directory, file, 60);
    long escaped;
    List<ProcessHandle> executors;
    try {
      escaped = Long.parseLong(awaitFile(file));
      executors = agent.descendants().toList();
      for (ProcessHandle executor : executors) {
        Signals.send(executor, STOP); // So that it does not notice.
      }
    } finally {
      agent.destroyForcibly().waitFor();
    }
    assertFalse(isOver(escaped));

    try (WorkerHarness next = new WorkerHarness(directory, 1)) {
      for (ProcessHandle executor : executors) {
        assertTrue(isOver(executor.pid()));
      }
      assertTrue(isOver(escaped));
      assertEquals(1, list(directory.resolve("agents")).size());
      next.open(next.spec()).call(1, "echo", "next");
      assertEquals("next", next.encoded(1, 0));
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }
}
