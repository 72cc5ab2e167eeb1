package dev.farpool.worker;

import static dev.farpool.worker.testing.WorkerHarness.awaitFile;
import static dev.farpool.worker.testing.WorkerHarness.isGone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.farpool.v1.Command;
import dev.farpool.v1.ExitStatus;
import dev.farpool.v1.Failure.Kind;
import dev.farpool.v1.TaskResult;
import dev.farpool.worker.testing.WorkerHarness;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands, run by real executors. */
@Timeout(60)
class CommandTest {
  @TempDir Path temp;
  private WorkerHarness harness;

  @BeforeEach
  void start() throws Exception {
    harness = new WorkerHarness(temp.resolve("worker"), 1);
    harness.coordinator.setRepeating(true);
    harness.open(harness.spec());
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  @Test
  void anyExitStatusIsAnOutcome() throws Exception {
    harness.command("true").command("sh", "-c", "exit 3").command("sh", "-c", "kill -9 $$");

    assertEquals(ExitStatus.newBuilder().setCode(0).build(), result(3, 0).getExit());
    assertEquals(ExitStatus.newBuilder().setCode(3).build(), result(3, 1).getExit());
    assertEquals(ExitStatus.newBuilder().setSignal(9).build(), result(3, 2).getExit());
  }

  @Test
  void outputInputEnvironmentAndDirectoryAreTheCommands() throws Exception {
    harness.command(
        Command.newBuilder()
            .addArgv("sh")
            .addArgv("-c")
            .addArgv("cat; echo $GREETING; pwd; echo wrong >&2")
            .putEnvironment("GREETING", "hello")
            .setStdin(ByteString.copyFromUtf8("from stdin\n"))
            .setWorkingDirectory(temp.toRealPath().toString()));

    assertEquals(0, result(1, 0).getExit().getCode());
    assertEquals("from stdin\nhello\n" + temp.toRealPath() + "\n", printed(false));
    assertEquals("wrong\n", printed(true));
  }

  @Test
  void commandWithoutInputReadsItsEndAtOnce() throws Exception {
    harness.command("cat");

    assertEquals(0, result(1, 0).getExit().getCode());
  }

  @Test
  void programThatIsNotThereIsNotStarted() throws Exception {
    harness.command("no-such-program-anywhere");

    assertEquals(Kind.KIND_COMMAND_NOT_STARTED, result(1, 0).getFailure().getKind());
    assertTrue(result(1, 0).getFailure().getMessage().contains("no-such-program-anywhere"));
  }

  @Test
  void whatACommandLeavesBehindIsKilled() throws Exception {
    Path file = temp.resolve("pid");
    harness.command(
        "sh",
        "-c",
        "setsid sh -c 'echo $$ > "
            + file
            + "; exec sleep 600' &"
            + " while ! test -s "
            + file
            + "; do sleep 0.01; done");

    assertEquals(0, result(1, 0).getExit().getCode());
    assertTrue(isGone(Long.parseLong(awaitFile(file))));
  }

  @Test
  void signalGoesToTheCommandNotToItsExecutor() throws Exception {
    Path file = temp.resolve("ready");
    harness.command(
        "sh", "-c", "trap 'exit 42' USR1; echo > " + file + "; while :; do sleep 0.01; done");
    awaitFile(file);
    harness.signal(0, 10);

    assertEquals(42, result(1, 0).getExit().getCode());
  }

  private String printed(boolean stderr) {
    return harness.coordinator.output().stream()
        .filter(output -> output.getOutput().getStderr() == stderr)
        .map(output -> output.getOutput().getData().toStringUtf8())
        .collect(Collectors.joining());
  }

  private TaskResult result(int count, long index) throws InterruptedException {
    return harness.coordinator.awaitOutcomes(count).get(index);
  }
}
