package dev.farpool.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import dev.farpool.common.Protocol;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttemptOutput;
import dev.farpool.v1.CloseSessionRequest;
import dev.farpool.v1.ClusterServiceGrpc;
import dev.farpool.v1.ClusterServiceGrpc.ClusterServiceBlockingStub;
import dev.farpool.v1.Command;
import dev.farpool.v1.Commands;
import dev.farpool.v1.CreatePoolRequest;
import dev.farpool.v1.GetTaskRequest;
import dev.farpool.v1.GetTaskResponse;
import dev.farpool.v1.ListTasksRequest;
import dev.farpool.v1.OpenSessionRequest;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.PoolServiceGrpc.PoolServiceBlockingStub;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.ReadTaskOutputRequest;
import dev.farpool.v1.SubmitRequest;
import dev.farpool.v1.SubmitResponse;
import dev.farpool.v1.TaskBatch;
import dev.farpool.v1.TaskOutput;
import dev.farpool.v1.TaskStatus;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of pools that are no more: for their owner, and for nobody who may not see them. */
@Timeout(20)
class EndedPoolsTest {
  private static final String ALICE = "client/alice";
  private static final String BOB = "client/bob";
  private static final String OPERATOR = "operator/ops";

  @TempDir Path directory;
  private final String hers = UUID.randomUUID().toString();
  private GatedCoordinator coordinator;
  private StubWorker worker;

  /** A pool of Alice whose task has printed and failed goes with her session. */
  @BeforeEach
  void endAPool() throws Exception {
    coordinator = new GatedCoordinator(directory);
    worker = new StubWorker(coordinator.as("worker/w1"));
    worker.send(AttachRequest.newBuilder().setRegister(StubWorker.registration("w1")));
    String session = poolWithTask(ALICE, hers);
    worker.send(printed("hello\n"));
    AttachRequest.Builder exit = AttachRequest.newBuilder();
    exit.addFinishedBuilder().setPool(1).addResultsBuilder().getExitBuilder().setCode(3);
    worker.send(exit);
    pools(ALICE).closeSession(CloseSessionRequest.newBuilder().setSessionId(session).build());
  }

  @AfterEach
  void stop() {
    coordinator.close();
  }

  private PoolServiceBlockingStub pools(String who) {
    return PoolServiceGrpc.newBlockingStub(coordinator.as(who))
        .withDeadlineAfter(10, TimeUnit.SECONDS);
  }

  private ClusterServiceBlockingStub cluster(String who) {
    return ClusterServiceGrpc.newBlockingStub(coordinator.as(who))
        .withDeadlineAfter(10, TimeUnit.SECONDS);
  }

  /** Makes a pool with one task, and gives its session. */
  private String poolWithTask(String who, String pool) throws InterruptedException {
    OpenSessionRequest open = OpenSessionRequest.newBuilder().setProtocol(Protocol.RANGE).build();
    String session = pools(who).openSession(open).getSessionId();
    PoolSpec spec = PoolSpec.newBuilder().setProcesses(1).build();
    pools(who)
        .createPool(
            CreatePoolRequest.newBuilder()
                .setSessionId(session)
                .setPoolId(pool)
                .setSpec(spec)
                .build());
    Commands commands =
        Commands.newBuilder().addCommands(Command.newBuilder().addArgv("true")).build();
    Collected<SubmitResponse> answers = new Collected<>();
    StreamObserver<SubmitRequest> submits =
        PoolServiceGrpc.newStub(coordinator.as(who)).submit(answers);
    submits.onNext(
        SubmitRequest.newBuilder()
            .setPoolId(pool)
            .addBatches(TaskBatch.newBuilder().setCommands(commands))
            .build());
    assertFalse(answers.take().hasRejected());
    submits.onCompleted();
    return session;
  }

  private static AttachRequest.Builder printed(String text) {
    TaskOutput output =
        TaskOutput.newBuilder().setIndex(0).setData(ByteString.copyFromUtf8(text)).build();
    return AttachRequest.newBuilder()
        .addOutput(AttemptOutput.newBuilder().setPool(1).setAttempt(1).setOutput(output));
  }

  private List<String> listed(String who, String pool) {
    ListTasksRequest request = ListTasksRequest.newBuilder().setPoolId(pool).build();
    return cluster(who).listTasks(request).getTasksList().stream()
        .map(task -> task.getPoolId() + " " + task.getState())
        .toList();
  }

  private GetTaskResponse task(String who) {
    return cluster(who).getTask(GetTaskRequest.newBuilder().setPoolId(hers).build());
  }

  private String output(String who) {
    return cluster(who)
        .readTaskOutput(ReadTaskOutputRequest.newBuilder().setPoolId(hers).build())
        .next()
        .getOutput(0)
        .getData()
        .toStringUtf8();
  }

  private void seesAll(String who) {
    assertEquals(List.of(hers + " STATE_FAILED"), listed(who, hers));
    assertEquals(List.of(hers + " STATE_FAILED"), listed(who, ""));
    assertEquals(TaskStatus.State.STATE_FAILED, task(who).getTask().getState());
    assertEquals("hello\n", task(who).getOutput(0).getData().toStringUtf8());
    assertEquals("hello\n", output(who));
  }

  private static Status refusal(Runnable call) {
    return assertThrows(StatusRuntimeException.class, call::run).getStatus();
  }

  @Test
  void theirOwnerSeesThem() {
    seesAll(ALICE);
  }

  @Test
  void operatorsAndViewersSeeThem() {
    seesAll(OPERATOR);
    seesAll("viewer/eve");
  }

  @Test
  void forOthersTheyNeverWere() {
    assertEquals(Status.Code.NOT_FOUND, refusal(() -> listed(BOB, hers)).getCode());
    assertEquals(Status.Code.NOT_FOUND, refusal(() -> task(BOB)).getCode());
    assertEquals(Status.Code.NOT_FOUND, refusal(() -> output(BOB)).getCode());
    assertEquals(List.of(), listed(BOB, ""));

    String never = refusal(() -> listed(BOB, "never")).getDescription();
    assertEquals(never.replace("never", hers), refusal(() -> listed(BOB, hers)).getDescription());
  }

  @Test
  void whoeverTakesTheirIdSeesOnlyHisOwn() throws Exception {
    poolWithTask(BOB, hers);

    assertEquals(List.of(hers + " STATE_RUNNING"), listed(BOB, hers));
    assertEquals(List.of(hers + " STATE_RUNNING"), listed(BOB, ""));
    assertEquals(0, task(BOB).getOutputCount());
    assertEquals(TaskStatus.State.STATE_RUNNING, task(BOB).getTask().getState());
    seesAll(ALICE);
  }

  @Test
  void everybodySeesTheirOwnAmongThoseOfAll() throws Exception {
    poolWithTask(BOB, "his");

    assertEquals(List.of(hers + " STATE_FAILED"), listed(ALICE, ""));
    assertEquals(List.of("his STATE_RUNNING"), listed(BOB, ""));
    assertEquals(List.of("his STATE_RUNNING", hers + " STATE_FAILED"), listed(OPERATOR, ""));
  }
}
