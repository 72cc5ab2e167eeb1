package dev.farpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.farpool.v1.ExitStatus;
import dev.farpool.v1.Failure;
import dev.farpool.v1.ListTasksRequest;
import dev.farpool.v1.OutputPiece;
import dev.farpool.v1.ReadTaskOutputResponse;
import dev.farpool.v1.TaskStatus;
import dev.farpool.v1.TaskStatus.State;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TaskCommandsTest {
  private static final Timestamp QUEUED = Timestamp.newBuilder().setSeconds(1_000).build();

  private static final TaskStatus WAITING =
      TaskStatus.newBuilder()
          .setPoolId("cccc0000-3")
          .setPoolName("nightly")
          .setIndex(5)
          .setCount(10)
          .setState(State.STATE_WAITING)
          .setQueuedAt(QUEUED)
          .build();

  private static final TaskStatus FAILED =
      TaskStatus.newBuilder()
          .setPoolId("aaaa0000-1")
          .setIndex(7)
          .setCount(1)
          .setState(State.STATE_FAILED)
          .setAttempt(1)
          .setWorker("w1")
          .setHost("host1")
          .setPid(42)
          .setRan(Duration.newBuilder().setSeconds(3).setNanos(200_000_000))
          .setExit(ExitStatus.newBuilder().setCode(3))
          .setMessage("its process exited with code 3")
          .build();

  private static final TaskStatus THROWN =
      FAILED.toBuilder()
          .setIndex(8)
          .clearExit()
          .setFailureKind(Failure.Kind.KIND_EXCEPTION)
          .setMessage("E: first\nsecond")
          .build();

  private final TaskCluster tasks =
      new TaskCluster(
          List.of(WAITING, FAILED, THROWN), ReadTaskOutputResponse.getDefaultInstance());

  private static CommandRunner run(TaskCluster tasks, String line) throws Exception {
    try (FakeCluster cluster = FakeCluster.of(tasks)) {
      return CommandRunner.run((line + " --coordinator " + cluster.address()).split(" "));
    }
  }

  @Test
  void tableShowsEachRowAndTheCounts() throws Exception {
    CommandRunner run = run(tasks, "tasks");

    assertEquals(0, run.exitCode(), run.err());
    String expected =
        """
        TASK           POOL     STATE    TRY  WORKER  PID  QUEUED    STARTED  RAN    WHY
        cccc0000/5-14  nightly  waiting    0               %s
        aaaa0000/7              failed     1  w1      42                      3.2 s  its process exited with code 3
        aaaa0000/8              failed     1  w1      42                      3.2 s  E: first
        12 wait, 3 run
        """;
    assertEquals(expected.formatted(TaskTable.clock(QUEUED)), run.out());
  }

  @Test
  void jsonLeavesOutWhatIsNotKnown() throws Exception {
    JsonObject json = JsonParser.parseString(run(tasks, "tasks --json").out()).getAsJsonObject();

    JsonObject waiting = json.getAsJsonArray("tasks").get(0).getAsJsonObject();
    JsonObject failed = json.getAsJsonArray("tasks").get(1).getAsJsonObject();
    JsonObject thrown = json.getAsJsonArray("tasks").get(2).getAsJsonObject();
    assertEquals(12, json.get("waiting").getAsLong());
    assertFalse(json.get("more").getAsBoolean());
    assertEquals("waiting", waiting.get("state").getAsString());
    assertEquals("1970-01-01T00:16:40Z", waiting.get("queuedAt").getAsString());
    assertFalse(waiting.has("pid"));
    assertEquals(3, failed.get("exitCode").getAsInt());
    assertEquals(3.2, failed.get("ranSeconds").getAsDouble());
    assertEquals("exception", thrown.get("failureKind").getAsString());
  }

  @Test
  void theLimitEndsTheListingAndSaysThatThereIsMore() throws Exception {
    CommandRunner run = run(tasks, "tasks --limit 1");

    assertEquals(List.of(1), tasks.lists.stream().map(ListTasksRequest::getPageSize).toList());
    assertTrue(
        run.out().endsWith("12 wait, 3 run; there are more tasks, see --limit\n"), run.out());
  }

  @Test
  void statesAndPoolAreAskedFor() throws Exception {
    run(tasks, "tasks --state failed,Running --pool nightly");

    ListTasksRequest asked = tasks.lists.get(0);
    assertEquals(List.of(State.STATE_FAILED, State.STATE_RUNNING), asked.getStatesList());
    assertEquals("cccc0000-3", asked.getPoolId());
  }

  @Test
  void aPoolThatIsGoneIsFoundByWhatIsRememberedOfIt() throws Exception {
    run(tasks, "logs aaaa/7");

    assertEquals("aaaa0000-1", tasks.reads.get(0).getPoolId());
    assertEquals(7, tasks.reads.get(0).getIndex());
    assertFalse(tasks.reads.get(0).getFollow());
  }

  @Test
  void followingIsAskedFor() throws Exception {
    assertEquals(0, run(tasks, "logs -f nightly/0").exitCode());

    assertTrue(tasks.reads.get(0).getFollow());
  }

  @Test
  void nothingIsExitCodeOneWithTheReason() throws Exception {
    TaskCluster silent =
        new TaskCluster(
            List.of(),
            ReadTaskOutputResponse.newBuilder().setNothing("it printed nothing").build());

    CommandRunner run = run(silent, "logs nightly/3");

    assertEquals(1, run.exitCode());
    assertEquals(
        "farpool logs: nothing of task 3 of pool cccc0000 (nightly): it printed nothing\n",
        run.err());
  }

  @Test
  void streamsStayApartAndGapsAreTold() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    TaskLog log = new TaskLog(new PrintStream(out), new PrintStream(err));

    log.print(
        ReadTaskOutputResponse.newBuilder()
            .addOutput(piece(1, "one\n").setDropped(5))
            .addOutput(piece(1, "two\n").setStderr(true))
            .addOutput(piece(2, "three\n"))
            .build());

    assertEquals("one\nthree\n", out.toString(StandardCharsets.UTF_8));
    assertEquals(
        "farpool logs: 5 bytes are not kept\ntwo\nfarpool logs: attempt 2\n",
        err.toString(StandardCharsets.UTF_8));
  }

  private static OutputPiece.Builder piece(int attempt, String text) {
    return OutputPiece.newBuilder().setAttempt(attempt).setData(ByteString.copyFromUtf8(text));
  }
}
