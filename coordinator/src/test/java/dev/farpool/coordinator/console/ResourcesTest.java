package dev.farpool.coordinator.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.farpool.common.HostPort;
import dev.farpool.coordinator.access.Principal;
import dev.farpool.coordinator.access.Role;
import dev.farpool.v1.ActivityInterval;
import dev.farpool.v1.GetActivityResponse;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.GetTaskRequest;
import dev.farpool.v1.GetTaskResponse;
import dev.farpool.v1.ListTasksRequest;
import dev.farpool.v1.OutputPiece;
import dev.farpool.v1.PoolStatus;
import dev.farpool.v1.TaskStatus;
import dev.farpool.v1.WorkerActivity;
import dev.farpool.v1.WorkerStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is behind {@code /api}. */
class ResourcesTest {
  private FakeServices services;
  private ClusterCalls calls;

  @BeforeEach
  void start() throws IOException {
    services = new FakeServices();
    calls = new ClusterCalls(services.channel, () -> 0);
  }

  @AfterEach
  void stop() {
    services.close();
  }

  private static HttpRequest request(List<String> path, Map<String, String> query) {
    return new HttpRequest(new Principal("vera", Role.VIEWER), "", path, query, "");
  }

  private static JsonObject json(HttpReply reply) {
    return JsonParser.parseString(new String(reply.body(), StandardCharsets.UTF_8))
        .getAsJsonObject();
  }

  private JsonObject status(Map<String, String> query) {
    StatusResource resource = new StatusResource(calls, new HostPort("127.0.0.1", 7400));
    return json(resource.answer(request(List.of(), query)));
  }

  private static WorkerStatus worker(int number, WorkerStatus.State state) {
    return WorkerStatus.newBuilder()
        .setName("w" + number)
        .setHost("host" + number)
        .setState(state)
        .setCores(64)
        .setBusy(32)
        .build();
  }

  private static GetStatusResponse thousandWorkers() {
    GetStatusResponse.Builder status = GetStatusResponse.newBuilder();
    for (int i = 0; i < 1000; i++) {
      boolean isSuspect = i % 500 == 7;
      status.addWorkers(
          worker(
              i, isSuspect ? WorkerStatus.State.STATE_SUSPECT : WorkerStatus.State.STATE_ACTIVE));
    }
    return status.build();
  }

  @Test
  void aThousandWorkersAreFiguresAndAWindow() {
    services.status = thousandWorkers();

    JsonObject status = status(Map.of("workersFrom", "40"));

    JsonObject totals = status.getAsJsonObject("totals");
    assertEquals(64_000, totals.get("cores").getAsLong());
    assertEquals(32_000, totals.get("busy").getAsLong());
    assertEquals(2, totals.getAsJsonObject("workersByState").get("suspect").getAsInt());
    JsonObject workers = status.getAsJsonObject("workers");
    assertEquals(1000, workers.get("total").getAsInt());
    assertEquals(20, workers.getAsJsonArray("rows").size());
    assertEquals(
        "w40", workers.getAsJsonArray("rows").get(0).getAsJsonObject().get("name").getAsString());
    assertTrue(status.toString().length() < 10_000, () -> "" + status.toString().length());
  }

  @Test
  void whatIsSoughtIsFoundByNameHostAndState() {
    services.status = thousandWorkers();

    for (Map.Entry<String, Integer> sought :
        Map.of("w507", 1, "HOST50", 11, "suspect", 2, "nobody", 0).entrySet()) {
      JsonObject workers = status(Map.of("find", sought.getKey())).getAsJsonObject("workers");
      assertEquals(sought.getValue(), workers.get("matching").getAsInt(), sought.getKey());
    }
  }

  @Test
  void aWindowBeyondTheEndIsTheEnd() {
    services.status = thousandWorkers();

    JsonObject workers = status(Map.of("workersFrom", "5000")).getAsJsonObject("workers");

    assertEquals(999, workers.get("from").getAsInt());
    assertEquals(1, workers.getAsJsonArray("rows").size());
  }

  @Test
  void aWorkerTellsWhatItsSlotsDo() {
    services.status =
        GetStatusResponse.newBuilder()
            .addWorkers(worker(1, WorkerStatus.State.STATE_ACTIVE))
            .addPools(PoolStatus.newBuilder().setPoolId("p").setWaiting(5).setFailed(2))
            .build();
    TaskStatus task =
        TaskStatus.newBuilder()
            .setPoolId("p")
            .setIndex(7)
            .setAttempt(1)
            .setState(TaskStatus.State.STATE_RUNNING)
            .setStartedAt(Timestamp.newBuilder().setSeconds(3).setNanos(5_000_000))
            .build();
    services.activity =
        GetActivityResponse.newBuilder()
            .addIntervals(interval(1))
            .addWorkers(WorkerActivity.newBuilder().setWorker("w1").addRunning(task))
            .build();

    JsonObject status = status(Map.of());

    JsonObject row =
        status.getAsJsonObject("workers").getAsJsonArray("rows").get(0).getAsJsonObject();
    assertEquals(
        "[{\"poolId\":\"p\",\"poolName\":\"\",\"index\":7,\"attempt\":1,\"state\":\"running\","
            + "\"pid\":0,\"startMillis\":3005}]",
        row.get("running").toString());
    assertEquals(5, status.getAsJsonObject("totals").get("waiting").getAsLong());
    assertEquals(20_000, status.getAsJsonObject("coordinator").get("nowMillis").getAsLong());
  }

  private static ActivityInterval interval(long number) {
    return ActivityInterval.newBuilder()
        .setNumber(number)
        .setStart(Timestamp.newBuilder().setSeconds(10 * number))
        .setLength(Duration.newBuilder().setSeconds(10))
        .build();
  }

  @Test
  void onlyIntervalsThatAreNewAreTold() {
    services.activity =
        GetActivityResponse.newBuilder()
            .setCoordinatorId("c")
            .addIntervals(interval(1))
            .addIntervals(interval(2))
            .addIntervals(interval(3))
            .build();

    JsonObject activity =
        json(new ActivityResource(calls).answer(request(List.of(), Map.of("since", "2"))));

    assertEquals(2, activity.getAsJsonArray("intervals").size());
    assertEquals("c", activity.get("coordinatorId").getAsString());
  }

  @Test
  void tasksAreFoundByTheNameOfTheirPool() {
    services.status =
        GetStatusResponse.newBuilder()
            .addPools(PoolStatus.newBuilder().setPoolId("1f-2").setName("primes"))
            .addPools(PoolStatus.newBuilder().setPoolId("1f-3").setName("twice"))
            .addPools(PoolStatus.newBuilder().setPoolId("2a-4").setName("twice"))
            .build();
    TasksResource tasks = new TasksResource(calls);

    for (String pool : List.of("primes", "2", "gone")) {
      tasks.answer(request(List.of(pool, "17"), Map.of()));
    }

    assertEquals(
        List.of("1f-2", "2a-4", "gone"),
        services.asked.stream().map(asked -> ((GetTaskRequest) asked).getPoolId()).toList());
    HttpRefusal twice =
        assertThrows(
            HttpRefusal.class, () -> tasks.answer(request(List.of("twice", "17"), Map.of())));
    assertEquals("2 pools are called twice; use the id of one of them", twice.getMessage());
  }

  @Test
  void tasksOfAStateAreAskedForByItsWord() {
    new TasksResource(calls)
        .answer(request(List.of(), Map.of("state", "failed", "rows", "5", "cursor", "x")));

    assertEquals(
        ListTasksRequest.newBuilder()
            .addStates(TaskStatus.State.STATE_FAILED)
            .setPageSize(5)
            .setCursor("x")
            .build(),
        services.asked.get(0));
  }

  @Test
  void aCharacterThatWasPrintedInTwoPiecesIsWhole() {
    ByteString character = ByteString.copyFromUtf8("é");
    services.task =
        GetTaskResponse.newBuilder()
            .addOutput(piece(false, character.substring(0, 1)).setDropped(3))
            .addOutput(piece(false, character.substring(1)))
            .addOutput(piece(true, ByteString.copyFromUtf8("<script>")))
            .build();
    TasksResource tasks = new TasksResource(calls);

    JsonObject task = json(tasks.answer(request(List.of("p", "1"), Map.of())));
    HttpReply output = tasks.answer(request(List.of("p", "1", "output"), Map.of()));

    assertEquals(
        "[{\"attempt\":1,\"stderr\":false,\"dropped\":3,\"text\":\"é\"},"
            + "{\"attempt\":1,\"stderr\":true,\"dropped\":0,\"text\":\"<script>\"}]",
        task.get("output").toString());
    assertEquals("é<script>", new String(output.body(), StandardCharsets.UTF_8));
    assertEquals("text/plain; charset=utf-8", output.type());
    assertEquals("task-1.txt", output.attachment());
  }

  private static OutputPiece.Builder piece(boolean stderr, ByteString data) {
    return OutputPiece.newBuilder().setAttempt(1).setStderr(stderr).setData(data);
  }
}
