package dev.farpool.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.farpool.common.BlobFiles;
import dev.farpool.common.Protocol;
import dev.farpool.v1.AcknowledgeResultsRequest;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.BlobServiceGrpc;
import dev.farpool.v1.CancelTasksRequest;
import dev.farpool.v1.ClosePoolRequest;
import dev.farpool.v1.CloseSessionRequest;
import dev.farpool.v1.ClusterServiceGrpc;
import dev.farpool.v1.CodeBundle;
import dev.farpool.v1.CodePart;
import dev.farpool.v1.CreatePoolRequest;
import dev.farpool.v1.DownloadRequest;
import dev.farpool.v1.ExplainTaskRequest;
import dev.farpool.v1.FindMissingRequest;
import dev.farpool.v1.GetStatusRequest;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.JoinPoolRequest;
import dev.farpool.v1.KeepAliveRequest;
import dev.farpool.v1.OpenSessionRequest;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.PoolServiceGrpc.PoolServiceBlockingStub;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.Rejection;
import dev.farpool.v1.ResultsRequest;
import dev.farpool.v1.SignalTasksRequest;
import dev.farpool.v1.SubmitRequest;
import dev.farpool.v1.SubmitResponse;
import dev.farpool.v1.TerminatePoolRequest;
import dev.farpool.v1.UploadRequest;
import dev.farpool.v1.UploadResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What belongs to one identity is not there for another. */
@Timeout(20)
class OwnershipTest {
  private static final String ALICE = "client/alice";
  private static final String BOB = "client/bob";
  private static final String OPERATOR = "operator/ops";

  @TempDir Path directory;
  private GatedCoordinator coordinator;
  private String session;
  private String pool;

  @BeforeEach
  void start() throws IOException {
    coordinator = new GatedCoordinator(directory);
    session = openSession(ALICE);
    pool = createPool(ALICE, PoolSpec.newBuilder().setName("hers"));
  }

  @AfterEach
  void stop() {
    coordinator.close();
  }

  private PoolServiceBlockingStub pools(String who) {
    return PoolServiceGrpc.newBlockingStub(coordinator.as(who))
        .withDeadlineAfter(10, TimeUnit.SECONDS);
  }

  private String openSession(String who) {
    return pools(who)
        .openSession(OpenSessionRequest.newBuilder().setProtocol(Protocol.RANGE).build())
        .getSessionId();
  }

  private String createPool(String who, PoolSpec.Builder spec) {
    CreatePoolRequest request =
        CreatePoolRequest.newBuilder()
            .setSessionId(who.equals(ALICE) ? session : openSession(who))
            .setSpec(spec.setProcesses(1))
            .build();
    return pools(who).createPool(request).getPoolId();
  }

  private static void assertNotFound(Runnable call) {
    assertEquals(Status.Code.NOT_FOUND, code(call));
  }

  private static Status.Code code(Runnable call) {
    return assertThrows(StatusRuntimeException.class, call::run).getStatus().getCode();
  }

  @Test
  void aReplayedSessionIsNoneForAnother() {
    PoolServiceBlockingStub bob = pools(BOB);
    CreatePoolRequest.Builder create =
        CreatePoolRequest.newBuilder()
            .setSessionId(session)
            .setSpec(PoolSpec.newBuilder().setProcesses(1));

    assertNotFound(
        () -> bob.keepAlive(KeepAliveRequest.newBuilder().setSessionId(session).build()));
    assertNotFound(() -> bob.createPool(create.build()));
    assertNotFound(
        () -> bob.closeSession(CloseSessionRequest.newBuilder().setSessionId(session).build()));

    pools(ALICE).keepAlive(KeepAliveRequest.newBuilder().setSessionId(session).build());
  }

  @Test
  void aReplayedPoolIsNoneForAnother() {
    PoolServiceBlockingStub bob = pools(BOB);
    IndexRange first = IndexRange.newBuilder().setCount(1).build();

    assertNotFound(() -> bob.results(ResultsRequest.newBuilder().setPoolId(pool).build()).next());
    assertNotFound(
        () ->
            bob.acknowledgeResults(AcknowledgeResultsRequest.newBuilder().setPoolId(pool).build()));
    assertNotFound(() -> bob.closePool(ClosePoolRequest.newBuilder().setPoolId(pool).build()));
    assertNotFound(() -> bob.joinPool(JoinPoolRequest.newBuilder().setPoolId(pool).build()));
    assertNotFound(
        () -> bob.terminatePool(TerminatePoolRequest.newBuilder().setPoolId(pool).build()));
    assertNotFound(
        () ->
            bob.cancelTasks(
                CancelTasksRequest.newBuilder().setPoolId(pool).addTasks(first).build()));
    assertNotFound(
        () ->
            bob.signalTasks(
                SignalTasksRequest.newBuilder()
                    .setPoolId(pool)
                    .addTasks(first)
                    .setSignal(15)
                    .build()));
    assertNotFound(() -> bob.explainTask(ExplainTaskRequest.newBuilder().setPoolId(pool).build()));
  }

  @Test
  void nothingCanBeSubmittedToThePoolOfAnotherAndNothingIsLearnedOfIt() throws Exception {
    Collected<SubmitResponse> answers = new Collected<>();
    StreamObserver<SubmitRequest> submits =
        PoolServiceGrpc.newStub(coordinator.as(BOB)).submit(answers);

    submits.onNext(SubmitRequest.newBuilder().setPoolId(pool).build());

    SubmitResponse answer = answers.take();
    assertEquals(Rejection.Reason.REASON_NOT_FOUND, answer.getRejected().getReason());
    assertEquals(
        "pool_id: there is no pool \"" + pool + "\", or no more",
        answer.getRejected().getMessage());
    submits.onCompleted();
  }

  @Test
  void theStatusShowsClientsTheirOwnPoolsAndOperatorsAndViewersAll() {
    createPool(BOB, PoolSpec.newBuilder().setName("his"));

    assertEquals(List.of("hers"), poolsSeenBy(ALICE));
    assertEquals(List.of("his"), poolsSeenBy(BOB));
    assertEquals(List.of("hers", "his"), poolsSeenBy(OPERATOR));
    assertEquals(List.of("hers", "his"), poolsSeenBy("viewer/eve"));
  }

  private List<String> poolsSeenBy(String who) {
    GetStatusResponse status =
        ClusterServiceGrpc.newBlockingStub(coordinator.as(who))
            .getStatus(GetStatusRequest.getDefaultInstance());
    return status.getPoolsList().stream().map(each -> each.getName()).toList();
  }

  @Test
  void anOperatorMayEndThePoolOfAnother() {
    pools(OPERATOR).terminatePool(TerminatePoolRequest.newBuilder().setPoolId(pool).build());

    var ended = pools(ALICE).joinPool(JoinPoolRequest.newBuilder().setPoolId(pool).build());
    assertTrue(ended.hasEnded());
  }

  @Test
  void toKnowTheNameOfABlobIsNoRightToIt() throws Exception {
    byte[] bytes = {1, 2, 3};
    BlobRef blob = BlobFiles.refOf(bytes);
    upload(ALICE, blob, bytes);
    assertEquals(List.of(), missing(ALICE, blob));

    assertEquals(List.of(blob), missing(BOB, blob));
    assertEquals(Status.Code.NOT_FOUND, code(() -> download(BOB, blob)));
    assertEquals(Status.Code.FAILED_PRECONDITION, code(() -> createPool(BOB, with(blob))));
    assertEquals(ByteString.copyFrom(bytes), download("worker/w1", blob));
    assertEquals(ByteString.copyFrom(bytes), download(OPERATOR, blob));

    upload(BOB, blob, bytes);
    assertEquals(List.of(), missing(BOB, blob));
    assertEquals(ByteString.copyFrom(bytes), download(BOB, blob));
    createPool(BOB, with(blob));
  }

  @Test
  void theRightToABlobOutlastsTheCoordinator() throws Exception {
    byte[] bytes = {4, 5, 6};
    BlobRef blob = BlobFiles.refOf(bytes);
    byte[] result = {7, 8, 9};
    BlobRef resultBlob = BlobFiles.refOf(result);
    upload(ALICE, blob, bytes);
    upload("worker/w1", resultBlob, result);
    coordinator.close();

    coordinator = new GatedCoordinator(directory);

    assertEquals(List.of(), missing(ALICE, blob));
    assertEquals(List.of(blob), missing(BOB, blob));
    assertEquals(ByteString.copyFrom(result), download(ALICE, resultBlob));
  }

  private static PoolSpec.Builder with(BlobRef blob) {
    return PoolSpec.newBuilder()
        .setCode(
            CodeBundle.newBuilder()
                .addParts(CodePart.newBuilder().setBlob(blob).setName("app.jar")));
  }

  private void upload(String who, BlobRef blob, byte[] bytes) throws InterruptedException {
    Collected<UploadResponse> uploaded = new Collected<>();
    StreamObserver<UploadRequest> upload =
        BlobServiceGrpc.newStub(coordinator.as(who)).upload(uploaded);
    upload.onNext(
        UploadRequest.newBuilder().setBlob(blob).setData(ByteString.copyFrom(bytes)).build());
    upload.onCompleted();
    uploaded.take();
  }

  private List<BlobRef> missing(String who, BlobRef blob) {
    return BlobServiceGrpc.newBlockingStub(coordinator.as(who))
        .findMissing(FindMissingRequest.newBuilder().addBlobs(blob).build())
        .getMissingList();
  }

  private ByteString download(String who, BlobRef blob) {
    return BlobServiceGrpc.newBlockingStub(coordinator.as(who))
        .download(DownloadRequest.newBuilder().setBlob(blob).build())
        .next()
        .getData();
  }

  @Test
  void theNameOfAWorkerBelongsToTheIdentityThatRegisteredIt() throws Exception {
    StubWorker genuine = new StubWorker(coordinator.as("worker/w1"));
    genuine.send(AttachRequest.newBuilder().setRegister(StubWorker.registration("w1")));
    assertTrue(genuine.received.take().hasRegistered());

    StubWorker replay = new StubWorker(coordinator.as("worker/other"));
    replay.send(AttachRequest.newBuilder().setRegister(StubWorker.registration("w1")));

    Status status = Status.fromThrowable(replay.errors.take());
    assertEquals(Status.Code.ALREADY_EXISTS, status.getCode());
    assertTrue(status.getDescription().contains("of another identity"), status::toString);
    assertTrue(genuine.errors.isEmpty());
  }
}
