package dev.farpool.worker;

import static com.google.protobuf.ByteString.copyFromUtf8;
import static dev.farpool.worker.testing.WorkerHarness.awaitFile;
import static dev.farpool.worker.testing.WorkerHarness.isGone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttemptNotes;
import dev.farpool.v1.AttemptOutput;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.ExecutorFailed;
import dev.farpool.v1.Failure;
import dev.farpool.v1.Failure.Kind;
import dev.farpool.v1.JavaCalls;
import dev.farpool.v1.OutputMode;
import dev.farpool.v1.TaskBatch;
import dev.farpool.v1.TaskNote;
import dev.farpool.v1.TaskResult;
import dev.farpool.v1.TaskStarted;
import dev.farpool.worker.testing.WorkerHarness;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Java calls on real executors. */
@Timeout(60)
class WorkerTest {
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

  @Test
  void callGivesTheResultOfItsFunction() throws Exception {
    harness.open(harness.spec()).call(1, "echo", "a", "bc", "");

    assertEquals("a", harness.encoded(3, 0));
    assertEquals("bc", harness.encoded(3, 1));
    assertEquals("", harness.encoded(3, 2));
  }

  @Test
  void manyShortTasksAreSpreadOverTheSlotsAndAllAnswered() throws Exception {
    String[] arguments = new String[5000];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = String.valueOf(i);
    }
    harness.open(harness.spec()).call(2, "echo", arguments);

    harness.encoded(arguments.length, 0);
    for (int i = 0; i < arguments.length; i++) {
      assertEquals(arguments[i], harness.encoded(arguments.length, i));
    }
    assertTrue(
        harness.coordinator.awaitHeard(all -> true).stream()
            .flatMap(heard -> heard.getCreditsList().stream())
            .anyMatch(credit -> credit.getPrefetchPerSlot() > 0));
  }

  @Test
  void outputComesInOrderBeforeTheResult() throws Exception {
    harness.open(harness.spec()).call(1, "print", "x");

    assertEquals("printed", harness.encoded(1, 0));
    List<AttemptOutput> output = harness.coordinator.output();
    assertEquals("out x\n", text(output, 0, false));
    assertEquals("err x\n", text(output, 1, true));
    assertEquals("rest x", text(output, 2, false));
  }

  private static String text(List<AttemptOutput> output, int i, boolean stderr) {
    assertEquals(0, output.get(i).getOutput().getIndex());
    assertEquals(1, output.get(i).getAttempt());
    assertEquals(stderr, output.get(i).getOutput().getStderr());
    return output.get(i).getOutput().getData().toStringUtf8();
  }

  @Test
  void whatTheCodecTellsOfATaskIsSentWhileTheTaskRuns() throws Exception {
    Path go = temp.resolve("go");
    harness.open(harness.spec()).call(1, "tell", go.toString());

    List<AttemptNotes> told =
        harness
            .coordinator
            .awaitHeard(all -> all.stream().anyMatch(heard -> heard.getNotesCount() > 0))
            .stream()
            .flatMap(heard -> heard.getNotesList().stream())
            .toList();
    Files.createFile(go);

    TaskNote note = TaskNote.newBuilder().setAttempt(1).setData(copyFromUtf8("it runs")).build();
    assertEquals(List.of(note), told.get(0).getNotesList());
    assertEquals("told", harness.encoded(1, 0));
  }

  @Test
  void discardedOutputIsNotSent() throws Exception {
    harness.open(harness.spec().setOutput(OutputMode.OUTPUT_MODE_DISCARD)).call(1, "print", "x");

    assertEquals("printed", harness.encoded(1, 0));
    assertEquals(List.of(), harness.coordinator.output());
  }

  @Test
  void exceptionIsToldWithItsStackAndItsEncoding() throws Exception {
    harness.open(harness.spec()).call(1, "refuse", "no thanks");

    Failure failure = harness.failure(1, 0);
    assertEquals(Kind.KIND_EXCEPTION, failure.getKind());
    assertEquals("java.lang.IllegalStateException", failure.getClassName());
    assertEquals("no thanks", failure.getMessage());
    assertTrue(failure.getStackTrace().contains("Caused by: java.io.IOException: the cause"));
    assertEquals(
        "java.lang.IllegalStateException: no thanks", failure.getException().toStringUtf8());
    assertNotEquals(0, failure.getPid());
    assertFalse(failure.getHost().isEmpty());
  }

  @Test
  void exceptionWhoseMessageCannotBeReadIsStillAnOutcome() throws Exception {
    harness.open(harness.spec()).call(1, "badMessage", "");

    assertEquals(Kind.KIND_EXCEPTION, harness.failure(1, 0).getKind());
    assertTrue(harness.failure(1, 0).getMessage().contains("UnsupportedOperationException"));
  }

  @Test
  void missingClassIsCodeNotFound() throws Exception {
    harness.open(harness.spec()).call(1, "missing", "");

    assertEquals(Kind.KIND_CODE_NOT_FOUND, harness.failure(1, 0).getKind());
    assertTrue(harness.failure(1, 0).getMessage().contains("com.example.Missing"));
  }

  @Test
  void anErrorEndsTheExecutorButNotThePool() throws Exception {
    harness.open(harness.spec()).call(1, "count", "").call(1, "fault", "broken");
    assertEquals(Kind.KIND_EXCEPTION, harness.failure(2, 1).getKind());

    harness.call(1, "count", "");

    assertEquals("1", harness.encoded(3, 2));
  }

  @Test
  void executorsAreReplacedAfterTheirTasks() throws Exception {
    harness.open(harness.spec().setMaxTasksPerChild(2)).call(1, "count", "", "", "", "", "");

    assertEquals("2", harness.encoded(5, 1));
    assertEquals("1", harness.encoded(5, 2));
    assertEquals("1", harness.encoded(5, 4));
  }

  @Test
  void environmentAndDirectoryAreThePools() throws Exception {
    harness.open(
        harness
            .spec()
            .putEnvironment("GREETING", "hello")
            .setWorkingDirectory(temp.toRealPath().toString()));
    harness.call(1, "variable", "GREETING").call(1, "variable", "HOSTNAME");
    harness.call(1, "directory", "");

    assertEquals("hello", harness.encoded(3, 0));
    assertEquals("null", harness.encoded(3, 1));
    assertEquals(temp.toRealPath().toString(), harness.encoded(3, 2));
  }

  @Test
  void initializerRunsInEveryExecutorBeforeItsTasks() throws Exception {
    harness.open(harness.spec().setInitializer(WorkerHarness.initializer("count", "")));
    harness.call(1, "count", "");

    assertEquals("2", harness.encoded(1, 0));
  }

  @Test
  void failingInitializerIsToldAndTheTasksGoBack() throws Exception {
    harness.coordinator.setRepeating(false);
    harness.open(harness.spec().setInitializer(WorkerHarness.initializer("refuse", "not here")));
    harness.call(1, "echo", "x");

    ExecutorFailed failed = failed();
    assertTrue(failed.getInitializer());
    assertEquals("not here", failed.getFailure().getMessage());
    returned(0);
  }

  @Test
  void executorThatCannotStartIsToldAndTheTasksGoBack() throws Exception {
    harness.coordinator.setRepeating(false);
    harness.open(harness.spec().addJvmOptions("-XX:+NoSuchFlag")).call(1, "echo", "x");

    ExecutorFailed failed = failed();
    assertFalse(failed.getInitializer());
    assertTrue(failed.getFailure().getMessage().contains("NoSuchFlag"), failed.toString());
    returned(0);
  }

  private ExecutorFailed failed() throws InterruptedException {
    return harness
        .coordinator
        .awaitHeard(all -> all.stream().anyMatch(heard -> heard.getFailedCount() > 0))
        .stream()
        .flatMap(heard -> heard.getFailedList().stream())
        .findFirst()
        .orElseThrow();
  }

  private void returned(long index) throws InterruptedException {
    harness.coordinator.awaitHeard(
        all ->
            all.stream()
                .flatMap(heard -> heard.getReturnedList().stream())
                .anyMatch(returned -> returned.getIndexesList().contains(index)));
  }

  @Test
  void largeArgumentsAndResultsGoAsBlobs() throws Exception {
    harness.open(harness.spec()).call(1, "large", String.valueOf(3 << 20));
    BlobRef argument =
        harness.coordinator.blobs().put("y".repeat(2 << 20).getBytes(StandardCharsets.UTF_8));
    JavaCalls.Builder call = JavaCalls.newBuilder().setFunction(2).setArgumentBlob(argument);
    harness.call(1, "echo", "z").start(1, TaskBatch.newBuilder().setJava(call), 1);

    TaskResult large = harness.coordinator.awaitOutcomes(3).get(0L);
    assertEquals(
        ByteString.copyFromUtf8("x".repeat(3 << 20)),
        harness.coordinator.blobs().get(large.getBlob()));
    TaskResult echo = harness.coordinator.awaitOutcomes(3).get(2L);
    assertEquals(argument, echo.getBlob());
  }

  @Test
  void missingArgumentBlobFailsItsTaskOnly() throws Exception {
    harness.open(harness.spec()).call(1, "echo", "a");
    BlobRef nowhere =
        BlobRef.newBuilder().setSha256(ByteString.copyFrom(new byte[32])).setSize(5).build();
    JavaCalls.Builder call = JavaCalls.newBuilder().setFunction(1).setArgumentBlob(nowhere);
    harness.start(1, TaskBatch.newBuilder().setJava(call), 1).call(1, "echo", "b");

    assertEquals(Kind.KIND_BAD_ARGUMENTS, harness.failure(3, 1).getKind());
    assertEquals("b", harness.encoded(3, 2));
  }

  @Test
  void codeIsFetchedOnceForAllExecutors() throws Exception {
    harness.open(harness.spec()).call(2, "echo", "a", "b");

    harness.encoded(2, 0);
    assertEquals(1, harness.coordinator.blobs().downloads());
  }

  @Test
  void startsAreReportedWithHostAndProcess() throws Exception {
    harness.open(harness.spec().setReportStarts(true)).call(1, "pid", "", "", "");

    String pid = harness.encoded(3, 0);
    List<TaskStarted> starts =
        harness
            .coordinator
            .awaitHeard(all -> all.stream().mapToInt(AttachRequest::getStartedCount).sum() >= 3)
            .stream()
            .flatMap(heard -> heard.getStartedList().stream())
            .flatMap(started -> started.getStartsList().stream())
            .toList();
    assertEquals(List.of(0L, 1L, 2L), starts.stream().map(TaskStarted::getIndex).sorted().toList());
    assertEquals(pid, String.valueOf(starts.get(0).getPid()));
  }

  @Test
  void tasksBehindALongOneMoveToAnotherExecutor() throws Exception {
    harness.open(harness.spec()).call(1, "echo", warmUp());
    harness.encoded(500, 499);
    Path gate = temp.resolve("gate");

    harness.call(2, "hold", gate.toString());
    awaitFile(gate);
    harness.call(2, "echo", warmUp());

    assertEquals("1", harness.encoded(1000, 502).substring(0, 1));
    Files.delete(gate);
    assertEquals("let go", harness.encoded(1001, 500));
  }

  private static String[] warmUp() {
    String[] arguments = new String[500];
    java.util.Arrays.fill(arguments, "1");
    return arguments;
  }

  @Test
  void executorsOfAReleasedPoolExit() throws Exception {
    harness.open(harness.spec()).call(1, "pid", "");
    long pid = Long.parseLong(harness.encoded(1, 0));

    harness.release(false);

    assertTrue(isGone(pid));
  }
}
