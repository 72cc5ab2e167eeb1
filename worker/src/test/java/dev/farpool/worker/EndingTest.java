package dev.farpool.worker;

import static dev.farpool.worker.testing.WorkerHarness.awaitFile;
import static dev.farpool.worker.testing.WorkerHarness.isGone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import dev.farpool.v1.CancelMode;
import dev.farpool.v1.Failure;
import dev.farpool.v1.Failure.Kind;
import dev.farpool.v1.PoolMode;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.TaskOptions;
import dev.farpool.v1.TaskResult;
import dev.farpool.worker.testing.WorkerHarness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tasks and executors that end before their time, or take others with them. */
@Timeout(60)
class EndingTest {
  @TempDir Path temp;
  private WorkerHarness harness;

  @BeforeEach
  void start() throws Exception {
    harness = new WorkerHarness(temp.resolve("worker"), 2);
    harness.coordinator.setRepeating(true);
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  private PoolSpec.Builder spec() {
    return harness.spec().setStopGrace(Duration.newBuilder().setNanos(100_000_000));
  }

  @Test
  void exitInATaskIsTheDeathOfItsProcess() throws Exception {
    harness.open(spec()).call(1, "exit", "3");

    Failure failure = harness.failure(1, 0);
    assertEquals(Kind.KIND_PROCESS_DIED, failure.getKind());
    assertEquals(3, failure.getExit().getCode());
    assertTrue(failure.getStderrTail().contains("last words"), failure.toString());
  }

  @Test
  void exitCodesThatLookLikeSignalsAreTold() throws Exception {
    harness.open(spec()).call(1, "exit", "137");

    assertEquals(137, harness.failure(1, 0).getExit().getCode());
  }

  @Test
  void killedExecutorIsReplacedAndItsTaskFails() throws Exception {
    Path file = temp.resolve("spin");
    harness.open(spec()).call(1, "spin", file.toString());
    ProcessHandle.of(Long.parseLong(awaitFile(file))).orElseThrow().destroyForcibly();

    assertEquals(Kind.KIND_PROCESS_DIED, harness.failure(1, 0).getKind());
    assertEquals(9, harness.failure(1, 0).getExit().getSignal());

    harness.call(1, "echo", "on");
    assertEquals("on", harness.encoded(2, 1));
  }

  @Test
  void onlyTheTaskThatRanIsBlamed() throws Exception {
    String[] arguments = new String[1000];
    java.util.Arrays.fill(arguments, "x");
    harness.open(spec()).call(1, "echo", arguments);
    harness.coordinator.awaitOutcomes(1000);

    harness.call(1, "echo", arguments).call(1, "halt", "9").call(1, "echo", arguments);

    assertEquals(9, harness.failure(3001, 2000).getExit().getCode());
    long answered =
        harness.coordinator.awaitOutcomes(3001).values().stream()
            .filter(TaskResult::hasEncoded)
            .count();
    assertEquals(3000, answered);
  }

  @Test
  void memoryThatRunsOutIsTold() throws Exception {
    harness.open(spec()).call(1, "exhaust", "");

    assertEquals(Kind.KIND_OUT_OF_MEMORY, harness.failure(1, 0).getKind());
  }

  @Test
  void timeoutEndsAnEndlessTask() throws Exception {
    TaskOptions options =
        TaskOptions.newBuilder().setTimeout(Duration.newBuilder().setNanos(300_000_000)).build();
    Path file = temp.resolve("spin");
    harness.open(spec()).call(1, options, "spin", file.toString());

    assertEquals(Kind.KIND_TIMEOUT, harness.failure(1, 0).getKind());
    assertTrue(isGone(Long.parseLong(awaitFile(file))));
  }

  @Test
  void interruptEndsATaskThatListens() throws Exception {
    Path file = temp.resolve("wait");
    harness.open(spec().setStopGrace(Duration.newBuilder().setSeconds(600)));
    harness.call(1, "wait", file.toString());
    awaitFile(file);
    harness.cancel(0, CancelMode.CANCEL_MODE_INTERRUPT);

    assertEquals(Kind.KIND_CANCELLED, harness.failure(1, 0).getKind());
    harness.call(1, "pid", "");
    assertEquals(Files.readString(file), harness.encoded(2, 1));
  }

  @Test
  void taskThatDoesNotListenIsKilledAfterTheGrace() throws Exception {
    Path file = temp.resolve("spin");
    harness.open(spec()).call(1, "spin", file.toString());
    long pid = Long.parseLong(awaitFile(file));
    harness.cancel(0, CancelMode.CANCEL_MODE_INTERRUPT);

    assertEquals(Kind.KIND_CANCELLED, harness.failure(1, 0).getKind());
    assertTrue(isGone(pid));
  }

  @Test
  void waitingTasksAreCancelledWithoutBeingStarted() throws Exception {
    Path gate = temp.resolve("gate");
    harness.open(spec()).call(1, "hold", gate.toString()).call(1, "echo", "a", "b", "c");
    awaitFile(gate);
    harness.cancel(2, CancelMode.CANCEL_MODE_QUEUED_ONLY);
    harness.cancel(0, CancelMode.CANCEL_MODE_QUEUED_ONLY);

    assertEquals(Kind.KIND_CANCELLED, harness.failure(1, 2).getKind());
    Files.delete(gate);
    assertEquals("let go", harness.encoded(4, 0));
    assertEquals("a", harness.encoded(4, 1));
    assertEquals("c", harness.encoded(4, 3));
  }

  @Test
  void processesThatEscapedGoWithTheirTask() throws Exception {
    Path file = temp.resolve("escaped");
    harness.open(spec()).call(1, "escape", file.toString());
    long pid = Long.parseLong(awaitFile(file));
    harness.cancel(0, CancelMode.CANCEL_MODE_KILL);

    assertEquals(Kind.KIND_CANCELLED, harness.failure(1, 0).getKind());
    assertTrue(isGone(pid));
  }

  @Test
  void releasedPoolIsKilled() throws Exception {
    Path file = temp.resolve("spin");
    harness.open(spec()).call(1, "spin", file.toString());
    long pid = Long.parseLong(awaitFile(file));
    harness.release(true);

    assertTrue(isGone(pid));
  }

  @Test
  void processGivesItsExitCode() throws Exception {
    harness.open(spec().setMode(PoolMode.POOL_MODE_PROCESSES).setName("Process-1"));
    harness.call(2, "echo", "x").call(2, "exit", "7").call(2, "refuse", "oh no");

    assertEquals(0, result(3, 0).getExit().getCode());
    assertTrue(result(3, 0).hasExit());
    assertEquals(7, result(3, 1).getExit().getCode());
    assertEquals(1, result(3, 2).getExit().getCode());
    String printed =
        harness.coordinator.output().stream()
            .filter(output -> output.getOutput().getIndex() == 2)
            .map(output -> output.getOutput().getData().toStringUtf8())
            .collect(Collectors.joining());
    assertTrue(
        printed.startsWith("Process Process-1:\njava.lang.IllegalStateException: oh no\n"),
        printed);
  }

  @Test
  void processTellsTheSignalThatEndedIt() throws Exception {
    Path first = temp.resolve("first");
    Path second = temp.resolve("second");
    harness.open(spec().setMode(PoolMode.POOL_MODE_PROCESSES));
    harness.call(2, "spin", first.toString(), second.toString());
    awaitFile(first);
    awaitFile(second);
    harness.signal(0, 15);
    harness.signal(1, 9);

    assertEquals(15, result(2, 0).getExit().getSignal());
    assertEquals(9, result(2, 1).getExit().getSignal());
  }

  @Test
  void sigurgIsAWishThatTheCodecIsToldOfWhileTheTaskRuns() throws Exception {
    Path listening = temp.resolve("listening");
    harness.open(spec());
    harness.call(1, "listen", listening.toString());
    awaitFile(listening);
    harness.signal(0, 23);

    assertEquals("heard", result(1, 0).getEncoded().toStringUtf8());
  }

  private TaskResult result(int count, long index) throws InterruptedException {
    return harness.coordinator.awaitOutcomes(count).get(index);
  }
}
