package dev.farpool.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.farpool.common.Protocol;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttemptOutput;
import dev.farpool.v1.ClusterServiceGrpc;
import dev.farpool.v1.Command;
import dev.farpool.v1.Commands;
import dev.farpool.v1.CreatePoolRequest;
import dev.farpool.v1.GetActivityRequest;
import dev.farpool.v1.GetActivityResponse;
import dev.farpool.v1.GetTaskRequest;
import dev.farpool.v1.Heartbeat;
import dev.farpool.v1.ListTasksRequest;
import dev.farpool.v1.OpenSessionRequest;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.ReadTaskOutputRequest;
import dev.farpool.v1.ReadTaskOutputResponse;
import dev.farpool.v1.RunningAttempt;
import dev.farpool.v1.SubmitRequest;
import dev.farpool.v1.SubmitResponse;
import dev.farpool.v1.TaskBatch;
import dev.farpool.v1.TaskOutput;
import dev.farpool.v1.TaskStatus;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The calls that show tasks, by the generated stubs. */
@Timeout(20)
class TaskInsightTest {
  @TempDir Path directory;
  private Coordinator coordinator;
  private Server server;
  private ManagedChannel channel;
  private ClusterServiceGrpc.ClusterServiceBlockingStub cluster;

  @BeforeEach
  void start() throws IOException {
    coordinator = Coordinator.create(CoordinatorConfig.of(directory));
    InProcessServerBuilder builder = InProcessServerBuilder.forName(directory.toString());
    coordinator.services().forEach(builder::addService);
    server = builder.directExecutor().build().start();
    channel = InProcessChannelBuilder.forName(directory.toString()).directExecutor().build();
    cluster = ClusterServiceGrpc.newBlockingStub(channel).withDeadlineAfter(15, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws InterruptedException {
    channel.shutdownNow();
    coordinator.close();
    server.shutdownNow();
    assertTrue(server.awaitTermination(5, TimeUnit.SECONDS));
  }

  private String poolWithTask() throws InterruptedException {
    PoolServiceGrpc.PoolServiceBlockingStub pools = PoolServiceGrpc.newBlockingStub(channel);
    String session =
        pools
            .openSession(OpenSessionRequest.newBuilder().setProtocol(Protocol.RANGE).build())
            .getSessionId();
    PoolSpec spec = PoolSpec.newBuilder().setName("n").setProcesses(1).build();
    String pool =
        pools
            .createPool(CreatePoolRequest.newBuilder().setSessionId(session).setSpec(spec).build())
            .getPoolId();
    Collected<SubmitResponse> answers = new Collected<>();
    StreamObserver<SubmitRequest> submits = PoolServiceGrpc.newStub(channel).submit(answers);
    Commands commands =
        Commands.newBuilder().addCommands(Command.newBuilder().addArgv("true")).build();
    submits.onNext(
        SubmitRequest.newBuilder()
            .setPoolId(pool)
            .addBatches(TaskBatch.newBuilder().setCommands(commands))
            .build());
    assertFalse(answers.take().hasRejected());
    return pool;
  }

  private StubWorker worker() {
    StubWorker worker = new StubWorker(channel);
    worker.send(AttachRequest.newBuilder().setRegister(StubWorker.registration("w1")));
    return worker;
  }

  private static AttachRequest.Builder print(String text) {
    TaskOutput output =
        TaskOutput.newBuilder().setIndex(0).setData(ByteString.copyFromUtf8(text)).build();
    return AttachRequest.newBuilder()
        .addOutput(AttemptOutput.newBuilder().setPool(1).setAttempt(1).setOutput(output));
  }

  private static AttachRequest.Builder exit(int code) {
    AttachRequest.Builder message = AttachRequest.newBuilder();
    message.addFinishedBuilder().setPool(1).addResultsBuilder().getExitBuilder().setCode(code);
    return message;
  }

  private ListTasksRequest.Builder list() {
    return ListTasksRequest.newBuilder();
  }

  private static void assertRefused(Status.Code code, String text, Runnable call) {
    StatusRuntimeException refused = assertThrows(StatusRuntimeException.class, () -> call.run());
    assertEquals(code, refused.getStatus().getCode());
    assertTrue(refused.getStatus().getDescription().contains(text), refused.getMessage());
  }

  @Test
  void aTaskIsSeenFromItsSubmissionToItsEnd() throws InterruptedException {
    String pool = poolWithTask();
    assertEquals(
        TaskStatus.State.STATE_WAITING, cluster.listTasks(list().build()).getTasks(0).getState());
    StubWorker worker = worker();
    assertEquals(
        TaskStatus.State.STATE_RUNNING,
        cluster.listTasks(list().setPoolId(pool).build()).getTasks(0).getState());

    worker.send(exit(3));

    TaskStatus task = cluster.listTasks(list().build()).getTasks(0);
    assertEquals(TaskStatus.State.STATE_FAILED, task.getState());
    assertEquals("n", task.getPoolName());
    assertEquals("w1", task.getWorker());
    GetTaskRequest request = GetTaskRequest.newBuilder().setPoolId(pool).build();
    assertEquals(1, cluster.getTask(request).getAttemptsCount());
  }

  @Test
  void aFollowerGetsTheOutputAndTheEnd() throws InterruptedException {
    String pool = poolWithTask();
    StubWorker worker = worker();
    Iterator<ReadTaskOutputResponse> output =
        cluster.readTaskOutput(
            ReadTaskOutputRequest.newBuilder().setPoolId(pool).setFollow(true).build());

    worker.send(print("hi\n"));
    assertEquals("hi\n", output.next().getOutput(0).getData().toStringUtf8());
    worker.send(exit(0));

    assertEquals("", output.next().getNothing());
    assertFalse(output.hasNext());
  }

  @Test
  void activityHasTheNumbersOfTheCoordinator() throws InterruptedException {
    poolWithTask();
    StubWorker worker = worker();
    worker.send(exit(0));

    GetActivityResponse activity = cluster.getActivity(GetActivityRequest.getDefaultInstance());

    assertFalse(activity.getCoordinatorId().isEmpty());
    assertEquals(1, activity.getIntervals(0).getStarted());
    assertEquals(1, activity.getIntervals(0).getSucceeded());
    assertEquals("w1", activity.getWorkers(0).getWorker());
  }

  @Test
  void wrongFieldsAreNamed() {
    Status.Code invalid = Status.Code.INVALID_ARGUMENT;
    assertRefused(invalid, "page_size", () -> cluster.listTasks(list().setPageSize(1001).build()));
    assertRefused(
        invalid,
        "states[1]",
        () ->
            cluster.listTasks(
                list()
                    .addStates(TaskStatus.State.STATE_FAILED)
                    .addStates(TaskStatus.State.STATE_ENDED)
                    .build()));
    assertRefused(invalid, "cursor", () -> cluster.listTasks(list().setCursor("x").build()));
    assertRefused(invalid, "pool_id", () -> cluster.getTask(GetTaskRequest.newBuilder().build()));
    assertRefused(
        invalid,
        "index",
        () -> cluster.getTask(GetTaskRequest.newBuilder().setPoolId("p").setIndex(-1).build()));
    assertRefused(
        invalid,
        "pool_id",
        () -> cluster.readTaskOutput(ReadTaskOutputRequest.newBuilder().build()).next());
    assertRefused(
        invalid,
        "since",
        () -> cluster.getActivity(GetActivityRequest.newBuilder().setSince(-1).build()));
  }

  @Test
  void whatIsNotThereIsNotFound() {
    Status.Code missing = Status.Code.NOT_FOUND;
    assertRefused(missing, "pool_id", () -> cluster.listTasks(list().setPoolId("p").build()));
    assertRefused(
        missing,
        "pool_id",
        () -> cluster.getTask(GetTaskRequest.newBuilder().setPoolId("p").build()));
    assertRefused(
        missing,
        "pool_id",
        () ->
            cluster
                .readTaskOutput(ReadTaskOutputRequest.newBuilder().setPoolId("p").build())
                .next());
  }

  @Test
  void aWorkerThatTellsTooMuchIsSentAway() throws InterruptedException {
    StubWorker worker = worker();
    Heartbeat heartbeat =
        Heartbeat.newBuilder()
            .addAllRunning(Collections.nCopies(1025, RunningAttempt.getDefaultInstance()))
            .build();

    worker.send(AttachRequest.newBuilder().setHeartbeat(heartbeat));

    String refusal = worker.errors.take().getMessage();
    assertTrue(refusal.contains("heartbeat.running"), refusal);
  }
}
