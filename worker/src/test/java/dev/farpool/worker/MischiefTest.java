package dev.farpool.worker;

import static dev.farpool.worker.testing.WorkerHarness.isGone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.farpool.v1.Failure;
import dev.farpool.v1.Failure.Kind;
import dev.farpool.worker.testing.AgentProgram;
import dev.farpool.worker.testing.WorkerHarness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that ill-treat their process: they hurt nobody else, and what became of them is told. */
@Timeout(60)
class MischiefTest {
  @TempDir Path temp;
  private WorkerHarness harness;

  @BeforeEach
  void start() throws Exception {
    harness = new WorkerHarness(temp.resolve("worker"), 1);
    harness.coordinator.setRepeating(true);
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  private void theNextTaskRuns() throws InterruptedException {
    harness.call(1, "echo", "next");
    assertEquals("next", harness.encoded(2, 1));
  }

  private void isOutOfMemory(String task, String... options) throws InterruptedException {
    for (String option : options) {
      harness.open(harness.spec().addJvmOptions(option));
    }
    harness.call(1, task, "");

    assertEquals(Kind.KIND_OUT_OF_MEMORY, harness.failure(1, 0).getKind());
    theNextTaskRuns();
  }

  @Test
  void directMemoryThatRunsOutIsMemoryThatRunsOut() throws Exception {
    isOutOfMemory("exhaustDirectMemory", "-XX:MaxDirectMemorySize=8m");
  }

  @Test
  void metaspaceThatRunsOutIsMemoryThatRunsOut() throws Exception {
    isOutOfMemory("exhaustMetaspace", "-XX:MaxMetaspaceSize=16m");
  }

  @Test
  void threadsThatCannotBeStartedAreMemoryThatRunsOut() throws Exception {
    isOutOfMemory("exhaustThreads", "-Xmx64m");
  }

  @Test
  void descriptorsThatRunOutHurtOnlyTheirTask() throws Exception {
    harness.open(harness.spec().addJvmOptions("-XX:-MaxFDLimit")).call(1, "exhaustDescriptors", "");

    // An exception of the task, unless its process cannot even tell of it, or runs out of heap
    // first.
    assertTrue(
        Set.of(Kind.KIND_EXCEPTION, Kind.KIND_PROCESS_DIED, Kind.KIND_OUT_OF_MEMORY)
            .contains(harness.failure(1, 0).getKind()));
    assertTrue(harness.worker.disconnectedBecause().isEmpty());
  }

  @Test
  void stackOverflowIsAnExceptionOfTheTask() throws Exception {
    harness.open(harness.spec()).call(1, "recurse", "x");

    assertEquals("java.lang.StackOverflowError", harness.failure(1, 0).getClassName());
    theNextTaskRuns();
  }

  @Test
  void crashOfTheJvmIsToldWithWhatItSaid() throws Exception {
    harness.open(harness.spec()).call(1, "crash", "");

    Failure failure = harness.failure(1, 0);
    assertEquals(Kind.KIND_PROCESS_DIED, failure.getKind());
    assertEquals(6, failure.getExit().getSignal());
    assertTrue(failure.getStderrTail().contains("SIGSEGV"), failure.toString());
    theNextTaskRuns();
  }

  @Test
  void exitWithoutAnErrorIsNoSuccess() throws Exception {
    harness.open(harness.spec()).call(1, "exit", "0");

    assertEquals(Kind.KIND_PROCESS_DIED, harness.failure(1, 0).getKind());
    assertEquals(0, harness.failure(1, 0).getExit().getCode());
    theNextTaskRuns();
  }

  @Test
  void resultsDoNotGoByTheStreamsThatTasksRuin() throws Exception {
    harness.open(harness.spec()).call(1, "ruinOutput", "");

    assertEquals("unharmed", harness.encoded(1, 0));
    theNextTaskRuns();
  }

  @Test
  void aFloodOfOutputDoesNotFillTheMemoryOfItsWorker() throws Exception {
    Process agent = AgentProgram.flood(temp.resolve("other"), 300);
    try {
      assertTrue(agent.waitFor(50, TimeUnit.SECONDS));
      assertEquals(0, agent.exitValue());
    } finally {
      agent.destroyForcibly();
    }
  }

  @Test
  void thereIsNothingToRead() throws Exception {
    harness.open(harness.spec()).call(1, "readInput", "");

    assertEquals("-1", harness.encoded(1, 0));
  }

  @Test
  void threadsLeftBehindNeitherHoldTheResultNorTheirProcess() throws Exception {
    harness.open(harness.spec()).call(1, "leaveThread", "");

    long pid = Long.parseLong(harness.encoded(1, 0));
    theNextTaskRuns();
    harness.release(false);

    assertTrue(isGone(pid));
  }

  @Test
  void whatATaskWroteIntoItsDirectoryGoesWithItsProcess() throws Exception {
    harness.open(harness.spec()).call(1, "fillDirectory", "8").call(1, "pid", "");

    Path file = Path.of(harness.encoded(2, 0));
    assertTrue(Files.exists(file));
    harness.release(false);

    assertTrue(isGone(Long.parseLong(harness.encoded(2, 1))));
    harness.close();
    assertFalse(Files.exists(file.getParent()));
  }

  @Test
  void theKernelIsAskedToKillTasksBeforeTheirWorker() throws Exception {
    Path own = Path.of("/proc/self/oom_score_adj");
    assumeTrue(Files.exists(own), "only Linux has such a score");
    harness.open(harness.spec()).call(1, "outOfMemoryScore", "");

    int above = Math.min(1000, Integer.parseInt(Files.readString(own).strip()) + 500);
    assertEquals(above, Integer.parseInt(harness.encoded(1, 0)));
  }

  @Test
  void aCommandThatKillsItsParentHurtsOnlyItself() throws Exception {
    harness.open(harness.spec()).command("sh", "-c", "kill -9 $PPID; sleep 600");

    assertEquals(Kind.KIND_PROCESS_DIED, harness.failure(1, 0).getKind());
    assertEquals(9, harness.failure(1, 0).getExit().getSignal());
    theNextTaskRuns();
  }
}
