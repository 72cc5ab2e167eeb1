package dev.farpool.worker;

import static dev.farpool.worker.testing.WorkerHarness.comesTrue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.JavaCalls;
import dev.farpool.v1.TaskBatch;
import dev.farpool.worker.testing.WorkerHarness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker on a disk of two megabytes. */
@Timeout(60)
class FullDiskTest {
  @TempDir Path disk;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    mounted = run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString());
    assumeTrue(mounted, "to mount a small file system takes root");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      run("umount", "-l", disk.toString());
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }

  /** Waits until tasks went back, and gives why. */
  private static String returned(WorkerHarness harness, int times) throws InterruptedException {
    List<AttachRequest> heard =
        harness.coordinator.awaitHeard(
            all -> all.stream().filter(one -> one.getReturnedCount() > 0).count() >= times);
    return heard.stream()
        .flatMap(one -> one.getFailedList().stream())
        .reduce((first, last) -> last)
        .orElseThrow()
        .getFailure()
        .getMessage();
  }

  private void fill() throws IOException {
    Files.write(disk.resolve("filler"), new byte[(int) (disk.toFile().getUsableSpace() - 4096)]);
  }

  @Test
  void codeThatCannotBeStoredIsNotUsedAndItsTasksGoBack() throws Exception {
    try (WorkerHarness harness = new WorkerHarness(disk.resolve("w"), 1)) {
      fill();
      harness.open(harness.spec()).call(1, "echo", "x");

      String reason = returned(harness, 1);
      assertTrue(reason.contains("No space left on device"), reason);
      try (Stream<Path> files = Files.walk(disk.resolve("w").resolve("blobs"))) {
        assertEquals(List.of(), files.filter(Files::isRegularFile).toList());
      }
      Files.delete(disk.resolve("filler"));
      harness.call(1, "echo", "later");
      assertEquals("later", harness.encoded(1, 1));
    }
  }

  @Test
  void anArgumentThatCannotBeStoredSendsItsTaskBack() throws Exception {
    try (WorkerHarness harness = new WorkerHarness(disk.resolve("w"), 1)) {
      harness.open(harness.spec()).call(1, "echo", "x");
      assertEquals("x", harness.encoded(1, 0));
      BlobRef large = harness.coordinator.blobs().put(new byte[4 << 20]);
      JavaCalls.Builder call = JavaCalls.newBuilder().setFunction(1).setArgumentBlob(large);
      harness.start(1, TaskBatch.newBuilder().setJava(call), 1);

      String reason = returned(harness, 1);

      assertTrue(reason.contains("No space left on device"), reason);
      harness.call(1, "echo", "unhurt");
      assertEquals("unhurt", harness.encoded(2, 2));
    }
  }

  @Test
  void anExecutorThatFindsNoRoomIsNotTheTasksFault() throws Exception {
    try (WorkerHarness harness = new WorkerHarness(disk.resolve("w"), 1)) {
      harness.open(harness.spec().setMaxTasksPerChild(1)).call(1, "echo", "x");
      assertEquals("x", harness.encoded(1, 0));
      assertTrue(comesTrue(this::hasNoExecutor));
      fill();
      Files.write(disk.resolve("rest"), new byte[(int) disk.toFile().getUsableSpace()]);
      harness.call(1, "echo", "y");

      String reason = returned(harness, 1);

      assertTrue(reason.contains("No space left on device"), reason);
    }
  }

  private boolean hasNoExecutor() throws IOException {
    try (Stream<Path> files = Files.walk(disk.resolve("w").resolve("agents"), 2)) {
      return files.noneMatch(file -> file.getFileName().toString().startsWith("executor-"));
    } catch (UncheckedIOException deletedMeanwhile) {
      return false;
    }
  }
}
