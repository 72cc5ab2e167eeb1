package dev.farpool.worker;

import static dev.farpool.worker.testing.WorkerHarness.comesTrue;
import static dev.farpool.worker.testing.WorkerHarness.isGone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.v1.PoolSpec;
import dev.farpool.worker.testing.WorkerHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Executors that are started before their pool is known, as real processes. */
@Timeout(60)
class SparesTest {
  @TempDir Path temp;

  private static WorkerHarness harness(Path directory, int spares) throws Exception {
    return new WorkerHarness(WorkerConfig.of("w1", 2, directory).withSpares(spares), 10);
  }

  /** The process of the only spare of a worker in this directory. */
  private static long awaitSpare(WorkerHarness harness, Path directory) throws Exception {
    harness.coordinator.awaitHeard(
        all -> all.stream().anyMatch(heard -> heard.getHeartbeat().getExecutors() == 1));
    List<Long> found = new ArrayList<>(); // One that is about to run its program shows no line.
    assertTrue(comesTrue(() -> found.addAll(executors(directory))));
    return found.get(0);
  }

  /** Those that are started in this directory; those of the test before may not be gone. */
  private static List<Long> executors(Path directory) {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains(directory.toString()))
        .map(ProcessHandle::pid)
        .toList();
  }

  /** Options of a pool would make a spare useless to it. */
  private static PoolSpec.Builder plain(WorkerHarness harness) {
    return harness.spec().clearJvmOptions();
  }

  @Test
  void aPoolRunsInTheProcessThatWasThereBefore() throws Exception {
    try (WorkerHarness harness = harness(temp, 1)) {
      long spare = awaitSpare(harness, temp);

      harness.open(plain(harness)).call(1, "pid", "");

      assertEquals(String.valueOf(spare), harness.encoded(1, 0));
    }
  }

  @Test
  void codeCannotTellASpareFromAnotherExecutor() throws Exception {
    String ofSpare;
    try (WorkerHarness harness = harness(temp.resolve("a"), 1)) {
      awaitSpare(harness, temp.resolve("a"));
      ofSpare = surroundings(harness, temp.resolve("a"));
    }
    try (WorkerHarness harness = harness(temp.resolve("b"), 0)) {
      assertEquals(surroundings(harness, temp.resolve("b")), ofSpare);
    }
    assertTrue(ofSpare.contains("0-tests.jar"), ofSpare);
  }

  private static String surroundings(WorkerHarness harness, Path directory) throws Exception {
    harness.open(plain(harness)).call(1, "surroundings", "");
    return harness
        .encoded(1, 0)
        .replace(directory.toString(), "")
        .replaceAll("agents/[^/]*", "agents/A")
        .replaceAll("blobs/../\\p{XDigit}+", "blobs/D"); // The test's jar holds the time.
  }

  @Test
  void aPoolWithOptionsOfItsOwnGetsAProcessOfItsOwn() throws Exception {
    try (WorkerHarness harness = harness(temp, 1)) {
      long spare = awaitSpare(harness, temp);

      harness.open(harness.spec()).call(1, "pid", "");

      assertNotEquals(String.valueOf(spare), harness.encoded(1, 0));
    }
  }

  @Test
  void theInitializerRunsInASpareBeforeItsFirstTask() throws Exception {
    try (WorkerHarness harness = harness(temp, 1)) {
      awaitSpare(harness, temp);

      harness
          .open(plain(harness).setInitializer(WorkerHarness.initializer("count", "")))
          .call(1, "count", "");

      assertEquals("2", harness.encoded(1, 0));
    }
  }

  @Test
  void aSpareHasOpenedTheCodeOfTheLastPool() throws Exception {
    try (WorkerHarness harness = harness(temp, 1)) {
      long taken = awaitSpare(harness, temp);
      harness.open(plain(harness)).call(1, "pid", "");
      assertEquals(String.valueOf(taken), harness.encoded(1, 0));
      harness.release(false);

      Path blobs = temp.toRealPath().resolve("blobs");
      assertTrue(
          comesTrue(
              () -> executors(temp).stream().anyMatch(pid -> pid != taken && opens(pid, blobs))));
    }
  }

  /** Whether a process has a file below this directory open. */
  private static boolean opens(long pid, Path directory) {
    try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return files.anyMatch(file -> isLinkBelow(directory, file));
    } catch (IOException endedMeanwhile) {
      return false;
    }
  }

  private static boolean isLinkBelow(Path directory, Path file) {
    try {
      return Files.readSymbolicLink(file).startsWith(directory);
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  @Test
  void sparesEndWithTheirWorker() throws Exception {
    long spare;
    try (WorkerHarness harness = harness(temp, 1)) {
      spare = awaitSpare(harness, temp);
      assertFalse(ProcessHandle.of(spare).isEmpty());
    }

    assertTrue(isGone(spare));
  }
}
