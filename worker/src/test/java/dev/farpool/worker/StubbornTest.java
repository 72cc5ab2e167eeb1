package dev.farpool.worker;

import static dev.farpool.worker.testing.WorkerHarness.awaitFile;
import static dev.farpool.worker.testing.WorkerHarness.isGone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import dev.farpool.v1.CancelMode;
import dev.farpool.v1.Command;
import dev.farpool.v1.Commands;
import dev.farpool.v1.Failure.Kind;
import dev.farpool.v1.TaskBatch;
import dev.farpool.v1.TaskOptions;
import dev.farpool.worker.testing.WorkerHarness;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that do not want to end, and do. */
@Timeout(60)
class StubbornTest {
  private static final Duration SHORT = Duration.newBuilder().setNanos(200_000_000).build();

  @TempDir Path temp;
  private WorkerHarness harness;

  @BeforeEach
  void start() throws Exception {
    harness = new WorkerHarness(temp.resolve("worker"), 1);
    harness.coordinator.setRepeating(true);
    harness.open(harness.spec().setStopGrace(SHORT));
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  private void script(TaskOptions options, String script) {
    Command command = Command.newBuilder().addAllArgv(List.of("sh", "-c", script)).build();
    harness.start(
        1,
        TaskBatch.newBuilder()
            .setOptions(options)
            .setCommands(Commands.newBuilder().addCommands(command)),
        1);
  }

  @Test
  void aCommandThatIgnoresSigtermIsKilledAfterTheGrace() throws Exception {
    Path file = temp.resolve("pid");
    script(
        TaskOptions.newBuilder().setTimeout(SHORT).build(),
        "trap '' TERM; echo $$ > " + file + "; while :; do sleep 0.01; done");

    assertEquals(Kind.KIND_TIMEOUT, harness.failure(1, 0).getKind());
    assertTrue(isGone(Long.parseLong(awaitFile(file))));
  }

  @Test
  void aTaskThatBlocksTheEndOfItsJvmIsKilledAfterTheGrace() throws Exception {
    Path file = temp.resolve("resists");
    harness.call(1, "resist", file.toString());
    long pid = Long.parseLong(awaitFile(file));
    harness.cancel(0, CancelMode.CANCEL_MODE_KILL);

    assertEquals(Kind.KIND_CANCELLED, harness.failure(1, 0).getKind());
    assertTrue(isGone(pid));
  }

  @Test
  void processesThatReplaceThemselvesFasterThanTheyAreFoundAreCaught() throws Exception {
    Path file = temp.resolve("ready");
    // Each process starts the next one and ends: whoever looks for it comes too late.
    String next = "sh -c \"$0\" \"$0\" &";
    script(
        TaskOptions.getDefaultInstance(),
        "echo > " + file + "; sh -c '" + next + "' '" + next + "'; sleep 600");
    awaitFile(file);
    harness.cancel(0, CancelMode.CANCEL_MODE_KILL);

    assertEquals(Kind.KIND_CANCELLED, harness.failure(1, 0).getKind());
    harness.call(1, "echo", "next");
    assertEquals("next", harness.encoded(2, 1));
  }

  @Test
  void whoEndsAloneLeavesNoZombie() throws Exception {
    for (int i = 0; i < 20; i++) {
      script(TaskOptions.getDefaultInstance(), "sleep 600 & sh -c 'sleep 600 &' &");
    }
    harness.coordinator.awaitOutcomes(20);

    harness.call(1, "zombies", "");

    assertEquals("0", harness.encoded(21, 20));
  }
}
