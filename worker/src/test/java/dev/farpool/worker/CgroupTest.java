package dev.farpool.worker;

import static dev.farpool.worker.testing.WorkerHarness.awaitFile;
import static dev.farpool.worker.testing.WorkerHarness.comesTrue;
import static dev.farpool.worker.testing.WorkerHarness.isGone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.farpool.v1.CancelMode;
import dev.farpool.v1.Failure;
import dev.farpool.v1.Failure.Kind;
import dev.farpool.worker.testing.WorkerHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Executors in control groups of this host: what bounds them, and that nothing escapes. */
@Timeout(60)
class CgroupTest {
  private static final long MEMORY = 200L << 20;
  private static final long PIDS = 150;

  @TempDir Path temp;
  private WorkerHarness harness;

  @BeforeEach
  void start() throws Exception {
    WorkerConfig config =
        WorkerConfig.of("w1", 1, temp.resolve("w"))
            .withExecutors("", Map.of("memory", MEMORY, "pids", PIDS));
    try {
      harness = new WorkerHarness(config, 10);
    } catch (IllegalArgumentException impossible) {
      abort("no cgroups can be made here: " + impossible.getMessage());
    }
    harness.coordinator.setRepeating(true);
  }

  @AfterEach
  void stop() {
    if (harness != null) {
      harness.close();
    }
  }

  private void theNextTaskRuns() throws InterruptedException {
    int ended = harness.coordinator.awaitOutcomes(1).size();
    harness.call(1, "echo", "next");
    assertEquals("next", harness.encoded(ended + 1, ended));
  }

  /** The groups of a process that were made for it. */
  private static List<Path> groupsOf(long pid) throws IOException {
    List<Path> groups =
        Files.readAllLines(Path.of("/proc", Long.toString(pid), "cgroup")).stream()
            .map(line -> line.split(":", 3))
            .filter(fields -> fields[2].contains("/farpool-") && fields[2].contains("/executor-"))
            .map(fields -> directory(fields[1], fields[2]))
            .toList();
    assertFalse(groups.isEmpty(), "process " + pid + " is in no group of its own");
    return groups;
  }

  private static Path directory(String controller, String group) {
    return Path.of("/sys/fs/cgroup", controller, group);
  }

  private static boolean isReached(Path group) throws IOException {
    Path events = group.resolve("pids.events");
    return Files.exists(events) && !Files.readString(events).startsWith("max 0");
  }

  @Test
  void anExecutorIsInAGroupOfItsOwnFromItsFirstMomentAndTheWorkerShowsIt() throws Exception {
    harness.open(harness.spec()).call(1, "pid", "");
    long pid = Long.parseLong(harness.encoded(1, 0));
    Map<String, String> labels = harness.coordinator.awaitRegistration(1).getLabelsMap();

    assertEquals("memory:" + MEMORY + " pids:" + PIDS, labels.get("executor-limits"));
    assertTrue(labels.get("executor-cgroups").matches("v[12]"), labels::toString);
    List<Path> groups = groupsOf(pid);

    harness.close();

    for (Path group : groups) {
      assertFalse(Files.exists(group), group::toString);
      assertFalse(Files.exists(group.getParent()), group::toString);
    }
  }

  @Test
  void aTreeThatTakesTooMuchMemoryIsKilledAndTheReasonIsTold() throws Exception {
    harness
        .open(harness.spec().addJvmOptions("-XX:MaxDirectMemorySize=1g"))
        .call(1, "takeMemory", "400");

    Failure failure = harness.failure(1, 0);
    assertEquals(Kind.KIND_OUT_OF_MEMORY, failure.getKind());
    assertEquals(9, failure.getExit().getSignal());
    assertTrue(failure.getMessage().contains("killed by the kernel"), failure::getMessage);
    theNextTaskRuns();
  }

  @Test
  void aKillByOthersIsNoWantOfMemory() throws Exception {
    Path file = temp.resolve("spin");
    harness.open(harness.spec()).call(1, "spin", file.toString());
    ProcessHandle.of(Long.parseLong(awaitFile(file))).orElseThrow().destroyForcibly();

    assertEquals(Kind.KIND_PROCESS_DIED, harness.failure(1, 0).getKind());
    assertEquals(9, harness.failure(1, 0).getExit().getSignal());
    theNextTaskRuns();
  }

  @Test
  void aForkBombIsBoundedWhileItRunsAndGoneWithItsTask() throws Exception {
    Path file = temp.resolve("pid");
    harness
        .open(harness.spec())
        .command(
            "sh",
            "-c",
            "echo $$ >"
                + file
                + ".new; mv "
                + file
                + ".new "
                + file
                + "; "
                + "bomb() { bomb | bomb & }; (bomb) 2>/dev/null; sleep 600");
    List<Path> groups = groupsOf(Long.parseLong(awaitFile(file)));
    awaitBound(groups);

    harness.call(1, "echo", "unharmed");
    harness.cancel(0, CancelMode.CANCEL_MODE_KILL);

    assertEquals(Kind.KIND_CANCELLED, harness.failure(1, 0).getKind());
    assertEquals("unharmed", harness.encoded(2, 1));
    assertGo(groups);
  }

  /** A task's outcome may be told by its executor, whose own end is what its groups go with. */
  private static void assertGo(List<Path> groups) throws Exception {
    for (Path group : groups) {
      assertTrue(comesTrue(() -> Files.notExists(group)), group::toString);
    }
  }

  /** Waits until the kernel has refused to start a process. */
  private static void awaitBound(List<Path> groups) throws Exception {
    for (int i = 0; i < 20_000; i++) {
      for (Path group : groups) {
        if (isReached(group)) {
          return;
        }
      }
      Thread.sleep(1);
    }
    fail("the bomb does not reach its bound");
  }

  @Test
  void whatHidesFromItsTreeWithoutItsMarkIsKilled() throws Exception {
    Path file = temp.resolve("pid");
    harness
        .open(harness.spec())
        .command(
            "sh",
            "-c",
            "(setsid env -i sh -c 'echo $$ >\"$0.new\"; mv \"$0.new\" \"$0\"; exec sleep 600' \"$0\" &);"
                + " sleep 600",
            file.toString());
    long hidden = Long.parseLong(awaitFile(file));

    harness.cancel(0, CancelMode.CANCEL_MODE_KILL);

    assertEquals(Kind.KIND_CANCELLED, harness.failure(1, 0).getKind());
    assertTrue(isGone(hidden));
    theNextTaskRuns();
  }

  @Test
  void aChainThatReplacesItselfInASessionOfItsOwnIsKilled() throws Exception {
    Path file = temp.resolve("pid");
    // Each process starts the next one and ends; nobody finds them by parent, group or mark.
    String next = "setsid sh -c \"$0\" \"$0\" &";
    harness
        .open(harness.spec())
        .command(
            "sh",
            "-c",
            "echo $$ >\"$0.new\"; mv \"$0.new\" \"$0\"; "
                + "env -i PATH=\"$PATH\" setsid sh -c '"
                + next
                + "' '"
                + next
                + "' & sleep 600",
            file.toString());
    List<Path> groups = groupsOf(Long.parseLong(awaitFile(file)));

    harness.cancel(0, CancelMode.CANCEL_MODE_KILL);

    assertEquals(Kind.KIND_CANCELLED, harness.failure(1, 0).getKind());
    assertGo(groups);
    theNextTaskRuns();
  }
}
