package dev.farpool.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.PoolSpec;
import dev.farpool.worker.testing.WorkerHarness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Executors that are kept for the next commands of whoever made their pool, as real processes. */
@Timeout(60)
class VeteransTest {
  private static final String ANN = "ann";

  @TempDir Path temp;
  private WorkerHarness harness;
  private int shells;

  @BeforeEach
  void start() throws Exception {
    harness = new WorkerHarness(WorkerConfig.of("w1", 1, temp.resolve("w")).withSpares(1), 10);
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  private void open(String id, String owner) {
    harness.open(id, owner, PoolSpec.newBuilder().setName(id).setProcesses(1));
  }

  /** What a shell prints into the file that is its first parameter. */
  private String shell(String script) throws Exception {
    Path file = temp.resolve("printed-" + ++shells);
    harness.command("sh", "-c", "{ " + script + "; } > \"$0\"", file.toString());
    assertTrue(harness.coordinator.awaitOutcomes(shells).containsKey(shells - 1L));
    return Files.readString(file).strip();
  }

  /** Opens a pool, and tells which process its commands are started by. */
  private String processOf(String id, String owner) throws Exception {
    open(id, owner);
    return shell("echo $PPID");
  }

  @Test
  void theNextPoolOfTheOwnerRunsInTheSameProcess() throws Exception {
    String first = processOf("a", ANN);
    harness.release(false);

    assertEquals(first, processOf("b", ANN));
  }

  @Test
  void aPoolOfSomebodyElseDoesNot() throws Exception {
    String first = processOf("a", ANN);
    harness.release(false);

    assertNotEquals(first, processOf("b", "bob"));
  }

  @Test
  void nothingThatCommandsWroteIsLeftForTheNextPool() throws Exception {
    Path elsewhere = Files.createDirectories(temp.resolve("elsewhere/kept"));
    String process = processOf("a", ANN);
    shell("mkdir -p d/e && touch f d/.g && ln -s " + elsewhere.getParent() + " link");
    assertEquals("d\nf\nlink", shell("ls -A"));
    harness.release(false);

    open("b", ANN);

    assertEquals("", shell("ls -A"));
    assertEquals(process, shell("echo $PPID"));
    assertTrue(Files.exists(elsewhere));
  }

  @Test
  void oneThatCannotCleanUpIsReplaced() throws Exception {
    open("a", ANN);
    String first = shell("echo $PPID; rmdir \"$PWD\"");
    harness.release(false);

    assertNotEquals(first, processOf("b", ANN));
    List<AttachRequest> heard = harness.coordinator.awaitHeard(all -> true);
    assertTrue(heard.stream().allMatch(message -> message.getFailedCount() == 0));
  }

  @Test
  void aWorkerWithoutSparesKeepsNone() throws Exception {
    harness.close();
    harness = new WorkerHarness(WorkerConfig.of("w2", 1, temp.resolve("w2")), 10);
    String first = processOf("a", ANN);
    harness.release(false);

    assertNotEquals(first, processOf("b", ANN));
  }
}
