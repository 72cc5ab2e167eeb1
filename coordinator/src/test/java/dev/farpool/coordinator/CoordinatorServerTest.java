package dev.farpool.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import dev.farpool.common.BlobFiles;
import dev.farpool.common.HostPort;
import dev.farpool.common.Protocol;
import dev.farpool.v1.AcknowledgeResultsRequest;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.AttemptNotes;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.ClosePoolRequest;
import dev.farpool.v1.ClusterServiceGrpc;
import dev.farpool.v1.CodeBundle;
import dev.farpool.v1.CodePart;
import dev.farpool.v1.CreatePoolRequest;
import dev.farpool.v1.ExplainTaskRequest;
import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.GetStatusRequest;
import dev.farpool.v1.JavaCalls;
import dev.farpool.v1.JoinPoolRequest;
import dev.farpool.v1.JoinPoolResponse;
import dev.farpool.v1.OpenSessionRequest;
import dev.farpool.v1.PoolEnded;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.ProtocolRange;
import dev.farpool.v1.Rejection;
import dev.farpool.v1.ResultsRequest;
import dev.farpool.v1.ResultsResponse;
import dev.farpool.v1.SubmitRequest;
import dev.farpool.v1.SubmitResponse;
import dev.farpool.v1.TaskBatch;
import dev.farpool.v1.TaskNote;
import dev.farpool.v1.WorkerStatus;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The whole coordinator over TCP, driven by the generated stubs. */
@Timeout(20)
class CoordinatorServerTest {
  @TempDir Path directory;
  private CoordinatorServer server;
  private ManagedChannel channel;
  private PoolServiceGrpc.PoolServiceBlockingStub pools;

  @BeforeEach
  void start() throws IOException {
    server = CoordinatorServer.start(config(0));
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.address().port()).usePlaintext().build();
    pools = PoolServiceGrpc.newBlockingStub(channel).withDeadlineAfter(15, TimeUnit.SECONDS);
  }

  private CoordinatorConfig config(int port) {
    Path own = directory.resolve(Integer.toString(port));
    return CoordinatorConfig.of(own).withListen(new HostPort("127.0.0.1", port));
  }

  @AfterEach
  void stop() throws InterruptedException {
    ((Logger) LoggerFactory.getLogger(SchedulerLoop.class)).setLevel(null);
    channel.shutdownNow();
    server.close();
    assertTrue(channel.awaitTermination(5, TimeUnit.SECONDS));
  }

  private String openSession() {
    return pools
        .openSession(OpenSessionRequest.newBuilder().setProtocol(Protocol.RANGE).build())
        .getSessionId();
  }

  private String createPool(PoolSpec.Builder spec) {
    return pools
        .createPool(
            CreatePoolRequest.newBuilder().setSessionId(openSession()).setSpec(spec).build())
        .getPoolId();
  }

  static SubmitRequest submit(String pool, long first, String... arguments) {
    JavaCalls.Builder calls = JavaCalls.newBuilder().setFunction(1);
    for (String argument : arguments) {
      calls.addSizes(argument.length());
    }
    calls.setArguments(ByteString.copyFromUtf8(String.join("", arguments)));
    return SubmitRequest.newBuilder()
        .setPoolId(pool)
        .addFunctions(
            FunctionDefinition.newBuilder()
                .setNumber(1)
                .setSha256(ByteString.copyFrom(new byte[32]))
                .setInline(ByteString.EMPTY))
        .addBatches(TaskBatch.newBuilder().setFirstIndex(first).setJava(calls))
        .build();
  }

  @Test
  void aTaskGoesFromTheClientToAWorkerAndItsResultBack() throws InterruptedException {
    StubWorker worker = new StubWorker(channel);
    worker.send(AttachRequest.newBuilder().setRegister(StubWorker.registration("w1")));
    AttachResponse registered = worker.received.take();
    assertEquals(10, registered.getRegistered().getLease().getSeconds());
    String pool = createPool(PoolSpec.newBuilder().setProcesses(2));
    Collected<SubmitResponse> answers = new Collected<>();
    StreamObserver<SubmitRequest> submits = PoolServiceGrpc.newStub(channel).submit(answers);
    Iterator<ResultsResponse> results =
        pools.results(ResultsRequest.newBuilder().setPoolId(pool).build());

    submits.onNext(submit(pool, 0, "one", "two"));

    assertEquals(2, answers.take().getNextIndex());
    AttachResponse work = worker.received.take();
    assertEquals(pool, work.getOpened(0).getPoolId());
    assertEquals(2, work.getStart(0).getSlots());
    worker.send(AttachRequest.newBuilder().addFinished(StubWorker.echo(work.getStart(0))));
    ResultsResponse result = results.next();
    assertEquals("onetwo", result.getBlocks(0).getValues().toStringUtf8());
    acknowledge(pool, result.getCursor());
    close(pool);
    assertEquals(PoolEnded.How.HOW_CLOSED, results.next().getEnded().getHow());
    assertFalse(results.hasNext());
    assertEquals(PoolEnded.How.HOW_CLOSED, join(pool, 5).getEnded().getHow());
    assertEquals(1, released(worker).getReleasedCount());
    submits.onCompleted();
    worker.leave();
  }

  private static AttachResponse released(StubWorker worker) throws InterruptedException {
    AttachResponse message = worker.received.take();
    return message.getReleasedCount() > 0 ? message : worker.received.take();
  }

  private void acknowledge(String pool, long cursor) {
    pools.acknowledgeResults(
        AcknowledgeResultsRequest.newBuilder().setPoolId(pool).setCursor(cursor).build());
  }

  private void close(String pool) {
    pools.closePool(ClosePoolRequest.newBuilder().setPoolId(pool).build());
  }

  private JoinPoolResponse join(String pool, int seconds) {
    return pools.joinPool(
        JoinPoolRequest.newBuilder()
            .setPoolId(pool)
            .setTimeout(Duration.newBuilder().setSeconds(seconds))
            .build());
  }

  @Test
  void aWrongBatchIsRejectedAndTheCallGoesOn() throws InterruptedException {
    String pool = createPool(PoolSpec.newBuilder().setProcesses(1));
    Collected<SubmitResponse> answers = new Collected<>();
    StreamObserver<SubmitRequest> submits = PoolServiceGrpc.newStub(channel).submit(answers);
    SubmitRequest good = submit(pool, 0, "one");
    SubmitRequest.Builder bad = good.toBuilder();
    bad.getBatchesBuilder(0).getJavaBuilder().setSizes(0, 4);

    submits.onNext(bad.build());
    submits.onNext(submit("nowhere", 0, "one"));
    submits.onNext(good);

    Rejection wrong = answers.take().getRejected();
    assertEquals("batches[0].java.sizes", wrong.getField());
    assertEquals(
        "batches[0].java.sizes must add up to the 3 bytes of arguments, not 4", wrong.getMessage());
    assertEquals(Rejection.Reason.REASON_NOT_FOUND, answers.take().getRejected().getReason());
    SubmitResponse accepted = answers.take();
    assertFalse(accepted.hasRejected());
    assertEquals(1, accepted.getNextIndex());
    submits.onCompleted();
  }

  @Test
  void badRequestsNameTheField() {
    assertEquals(
        "spec.processes must be 1 to 1000000, not 0",
        refused(Status.Code.INVALID_ARGUMENT, () -> createPool(PoolSpec.newBuilder())));
    assertEquals(
        "protocol must be set",
        refused(
            Status.Code.INVALID_ARGUMENT,
            () -> pools.openSession(OpenSessionRequest.getDefaultInstance())));
    assertEquals(
        "pool_id: there is no pool \"x\", or no more",
        refused(Status.Code.NOT_FOUND, () -> close("x")));
    String pool = createPool(PoolSpec.newBuilder().setProcesses(1));
    assertEquals(
        "Pool is still running", refused(Status.Code.FAILED_PRECONDITION, () -> join(pool, 1)));
    assertEquals(
        "index must be below 0, the number of tasks, not 5",
        refused(
            Status.Code.INVALID_ARGUMENT,
            () ->
                pools.explainTask(
                    ExplainTaskRequest.newBuilder().setPoolId(pool).setIndex(5).build())));
  }

  private static String refused(Status.Code code, Runnable call) {
    Status status = assertThrows(StatusRuntimeException.class, call::run).getStatus();
    assertEquals(code, status.getCode(), status.toString());
    return status.getDescription();
  }

  @Test
  void aClientOfAnotherAgeIsToldWhichSideToUpgrade() {
    ProtocolRange future = ProtocolRange.newBuilder().setOldest(90).setNewest(99).build();

    String text =
        refused(
            Status.Code.FAILED_PRECONDITION,
            () -> pools.openSession(OpenSessionRequest.newBuilder().setProtocol(future).build()));

    assertTrue(text.endsWith("upgrade the coordinator"), text);
  }

  @Test
  void aWorkerWithAWrongFieldOrATakenNameIsRefused() throws InterruptedException {
    StubWorker none = new StubWorker(channel);
    none.send(AttachRequest.newBuilder().setRegister(StubWorker.registration("w").setCores(0)));
    assertEquals(
        "INVALID_ARGUMENT: register.cores must be 1 to 100000, not 0",
        none.errors.take().getMessage());

    StubWorker first = new StubWorker(channel);
    first.send(AttachRequest.newBuilder().setRegister(StubWorker.registration("w")));
    first.received.take();
    StubWorker second = new StubWorker(channel);
    second.send(
        AttachRequest.newBuilder()
            .setRegister(StubWorker.registration("w").setInstanceId("another")));
    Status status = Status.fromThrowable(second.errors.take());
    assertEquals(Status.Code.ALREADY_EXISTS, status.getCode());

    StubWorker silent = new StubWorker(channel);
    silent.leave();
    assertEquals(
        "INVALID_ARGUMENT: register must be in the first message",
        silent.errors.take().getMessage());
  }

  @Test
  void aWorkerThatKeepsSendingWrongMessagesHarmsOnlyItself() throws InterruptedException {
    StubWorker worker = new StubWorker(channel);
    worker.send(AttachRequest.newBuilder().setRegister(StubWorker.registration("w1")));
    for (int i = 0; i < 3; i++) {
      worker.send(AttachRequest.newBuilder().setRegister(StubWorker.registration("w1")));
    }

    assertEquals(
        "INVALID_ARGUMENT: register must be in the first message only",
        worker.errors.take().getMessage());
    assertFalse(openSession().isEmpty());
    var status =
        ClusterServiceGrpc.newBlockingStub(channel)
            .getStatus(GetStatusRequest.getDefaultInstance());
    assertEquals(WorkerStatus.State.STATE_DISCONNECTED, status.getWorkers(0).getState());
  }

  @Test
  void aWorkerThatSendsTooLongANoteIsTold() throws InterruptedException {
    StubWorker worker = new StubWorker(channel);
    worker.send(AttachRequest.newBuilder().setRegister(StubWorker.registration("w1")));
    TaskNote.Builder note = TaskNote.newBuilder().setData(ByteString.copyFrom(new byte[1025]));

    worker.send(AttachRequest.newBuilder().addNotes(AttemptNotes.newBuilder().addNotes(note)));

    String text = worker.errors.take().getMessage();
    assertTrue(text.startsWith("INVALID_ARGUMENT: notes[0].notes[0].data"), text);
  }

  @Test
  void statusAndHealthTellWhatIsThere() throws InterruptedException {
    StubWorker worker = new StubWorker(channel);
    worker.send(AttachRequest.newBuilder().setRegister(StubWorker.registration("w1")));
    worker.received.take();
    createPool(PoolSpec.newBuilder().setProcesses(3).setName("primes"));

    var status =
        ClusterServiceGrpc.newBlockingStub(channel)
            .getStatus(GetStatusRequest.newBuilder().build());

    assertEquals("w1", status.getWorkers(0).getName());
    assertEquals("primes", status.getPools(0).getName());
    assertEquals(1, status.getSessions());
    assertEquals(
        ServingStatus.SERVING,
        HealthGrpc.newBlockingStub(channel)
            .check(HealthCheckRequest.getDefaultInstance())
            .getStatus());
  }

  @Test
  void aPoolWhoseCodeIsNotThereIsRefusedByName() {
    BlobRef absent = BlobFiles.refOf(new byte[] {9});
    CodeBundle code =
        CodeBundle.newBuilder()
            .addParts(CodePart.newBuilder().setBlob(absent).setName("app.jar"))
            .build();

    String text =
        refused(
            Status.Code.FAILED_PRECONDITION,
            () -> createPool(PoolSpec.newBuilder().setProcesses(1).setCode(code)));

    assertEquals("blobs are missing, upload them first: spec.code.parts[0] (app.jar)", text);
  }

  @Test
  void anAddressInUseIsNamedWithAWayOut() {
    int port = server.address().port();

    IOException failure =
        assertThrows(IOException.class, () -> CoordinatorServer.start(config(port)));

    assertTrue(failure.getMessage().startsWith("cannot listen on 127.0.0.1:" + port + ": "));
    assertTrue(failure.getMessage().contains("--listen"), failure.getMessage());
  }

  @Test
  void aSecondCoordinatorInTheSameDirectoryIsRefusedUntilTheFirstOneIsGone() throws IOException {
    IOException failure = assertThrows(IOException.class, () -> CoordinatorServer.start(config(0)));

    String pid = Long.toString(ProcessHandle.current().pid());
    assertEquals(
        "another coordinator, with pid "
            + pid
            + ", uses the data directory "
            + directory.resolve("0")
            + "; stop it, or choose another directory with --data",
        failure.getMessage());
    server.close();
    server = CoordinatorServer.start(config(0));
  }

  @Test
  void aFailureOfTheSchedulerEndsEverythingAndTheOwnerIsTold() throws InterruptedException {
    StubWorker worker = new StubWorker(channel);
    worker.send(AttachRequest.newBuilder().setRegister(StubWorker.registration("w1")));
    worker.received.take();
    ((Logger) LoggerFactory.getLogger(SchedulerLoop.class)).setLevel(Level.OFF); // It is meant to.

    server
        .coordinator()
        .loop()
        .accept(
            (scheduler, now) -> {
              throw new IllegalStateException("planted");
            });

    assertEquals("planted", server.failure().toCompletableFuture().join().getMessage());
    String text = "the coordinator has failed: java.lang.IllegalStateException: planted";
    assertEquals("UNAVAILABLE: " + text, worker.errors.take().getMessage());
    assertEquals(text, refused(Status.Code.UNAVAILABLE, this::openSession));
    assertEquals(
        ServingStatus.NOT_SERVING,
        HealthGrpc.newBlockingStub(channel)
            .check(HealthCheckRequest.newBuilder().setService(PoolServiceGrpc.SERVICE_NAME).build())
            .getStatus());
  }

  @Test
  void everyOpenCallIsToldWhenTheCoordinatorStops() throws InterruptedException {
    StubWorker worker = new StubWorker(channel);
    worker.send(AttachRequest.newBuilder().setRegister(StubWorker.registration("w1")));
    worker.received.take();
    Collected<SubmitResponse> answers = new Collected<>();
    PoolServiceGrpc.newStub(channel).submit(answers);
    String pool = createPool(PoolSpec.newBuilder().setProcesses(1));
    Iterator<ResultsResponse> results =
        pools.results(ResultsRequest.newBuilder().setPoolId(pool).build());

    server.close();

    assertEquals(Status.Code.UNAVAILABLE, Status.fromThrowable(worker.errors.take()).getCode());
    assertEquals(Status.Code.UNAVAILABLE, Status.fromThrowable(answers.errors.take()).getCode());
    refused(Status.Code.UNAVAILABLE, results::next);
  }
}
