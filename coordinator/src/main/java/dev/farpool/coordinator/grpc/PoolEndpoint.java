package dev.farpool.coordinator.grpc;

import com.google.protobuf.Duration;
import dev.farpool.common.Durations;
import dev.farpool.common.Protocol;
import dev.farpool.coordinator.access.Caller;
import dev.farpool.coordinator.core.Command;
import dev.farpool.coordinator.core.Scope;
import dev.farpool.v1.AcknowledgeResultsRequest;
import dev.farpool.v1.AcknowledgeResultsResponse;
import dev.farpool.v1.CancelMode;
import dev.farpool.v1.CancelTasksRequest;
import dev.farpool.v1.CancelTasksResponse;
import dev.farpool.v1.ClosePoolRequest;
import dev.farpool.v1.ClosePoolResponse;
import dev.farpool.v1.CloseSessionRequest;
import dev.farpool.v1.CloseSessionResponse;
import dev.farpool.v1.CreatePoolRequest;
import dev.farpool.v1.CreatePoolResponse;
import dev.farpool.v1.ExplainTaskRequest;
import dev.farpool.v1.ExplainTaskResponse;
import dev.farpool.v1.JoinPoolRequest;
import dev.farpool.v1.JoinPoolResponse;
import dev.farpool.v1.KeepAliveRequest;
import dev.farpool.v1.KeepAliveResponse;
import dev.farpool.v1.OpenSessionRequest;
import dev.farpool.v1.OpenSessionResponse;
import dev.farpool.v1.PoolServiceGrpc.PoolServiceImplBase;
import dev.farpool.v1.ResultsRequest;
import dev.farpool.v1.ResultsResponse;
import dev.farpool.v1.SignalTasksRequest;
import dev.farpool.v1.SignalTasksResponse;
import dev.farpool.v1.SubmitRequest;
import dev.farpool.v1.SubmitResponse;
import dev.farpool.v1.TerminatePoolRequest;
import dev.farpool.v1.TerminatePoolResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Serves clients. Thread-safe. */
public final class PoolEndpoint extends PoolServiceImplBase {
  private static final int LONGEST_TEXT = 200;
  private static final Duration DEFAULT_JOIN = Duration.newBuilder().setSeconds(30).build();
  private static final long LONGEST_JOIN_SECONDS = 3600;

  private final Consumer<Command> loop;
  private final Streams streams;
  private final CallNumbers numbers;
  private final Identity identity;
  private final BlobCheck blobs;
  private final Supplier<String> ids;
  private final Spill spill;
  private final Executor threads;
  private final Calls calls;

  /**
   * @param loop takes commands in the order of their coming
   * @param ids gives names that never come again
   * @param threads may be kept waiting by the disk
   */
  public PoolEndpoint(
      Consumer<Command> loop,
      Streams streams,
      CallNumbers numbers,
      Identity identity,
      BlobCheck blobs,
      Supplier<String> ids,
      Spill spill,
      Executor threads) {
    this.loop = loop;
    this.streams = streams;
    this.numbers = numbers;
    this.identity = identity;
    this.blobs = blobs;
    this.ids = ids;
    this.spill = spill;
    this.threads = threads;
    this.calls = new Calls(loop);
  }

  @Override
  public void openSession(OpenSessionRequest request, StreamObserver<OpenSessionResponse> call) {
    if (!Calls.passes(call, () -> check(request))) {
      return;
    }
    if (Protocol.agree(request.getProtocol()).isEmpty()) {
      String refusal = Protocol.refusal("coordinator", "client", request.getProtocol());
      call.onError(Statuses.of(Status.FAILED_PRECONDITION, refusal));
      return;
    }
    String sessionId = ids.get();
    OpenSessionResponse response =
        OpenSessionResponse.newBuilder()
            .setSessionId(sessionId)
            .setProtocol(Protocol.agree(request.getProtocol()).getAsInt())
            .setGrace(Durations.toMessage(identity.limits().sessionGrace()))
            .setCoordinatorId(identity.coordinatorId())
            .setCoordinatorVersion(identity.version())
            .setMaxInlineBytes(identity.limits().maxInlineBytes())
            .build();
    String client = request.getClientName() + "@" + request.getHost();
    String owner = Caller.current().name();
    calls.answer(
        call,
        () -> {},
        (scheduler, now) -> {
          scheduler.openSession(now, sessionId, client, owner);
          return response;
        });
  }

  private static void check(OpenSessionRequest request) {
    Check.protocol(request.hasProtocol(), request.getProtocol(), "protocol");
    Check.length(request.getClientName(), LONGEST_TEXT, "client_name");
    Check.length(request.getHost(), LONGEST_TEXT, "host");
    Check.length(request.getLibrary(), LONGEST_TEXT, "library");
  }

  @Override
  public void keepAlive(KeepAliveRequest request, StreamObserver<KeepAliveResponse> call) {
    calls.ofSession(
        call,
        request.getSessionId(),
        (scheduler, now) -> {
          scheduler.keepAlive(now, request.getSessionId());
          return KeepAliveResponse.getDefaultInstance();
        });
  }

  @Override
  public void closeSession(CloseSessionRequest request, StreamObserver<CloseSessionResponse> call) {
    calls.ofSession(
        call,
        request.getSessionId(),
        (scheduler, now) -> {
          scheduler.closeSession(request.getSessionId());
          return CloseSessionResponse.getDefaultInstance();
        });
  }

  @Override
  public void createPool(CreatePoolRequest request, StreamObserver<CreatePoolResponse> call) {
    String poolId = request.getPoolId().isEmpty() ? ids.get() : request.getPoolId();
    Scope scope = Scopes.current();
    Scope own = Scopes.ofBlobs();
    calls.answer(
        call,
        () -> {
          PoolSpecCheck.check(request);
          blobs.requireCode(own, request.getSpec());
        },
        (scheduler, now) -> {
          scheduler.checkSession(scope, request.getSessionId());
          scheduler.createPool(
              now, request.getSessionId(), poolId, request.getSpec(), request.getResumed());
          return CreatePoolResponse.newBuilder().setPoolId(poolId).build();
        });
  }

  @Override
  public StreamObserver<SubmitRequest> submit(StreamObserver<SubmitResponse> responses) {
    return SubmitCall.open(
        (ServerCallStreamObserver<SubmitResponse>) responses,
        loop,
        streams,
        numbers.next(),
        blobs,
        spill,
        new Intake(threads));
  }

  @Override
  public void results(ResultsRequest request, StreamObserver<ResultsResponse> responses) {
    ResultsCall.open(
        request,
        (ServerCallStreamObserver<ResultsResponse>) responses,
        loop,
        streams,
        numbers.next());
  }

  @Override
  public void acknowledgeResults(
      AcknowledgeResultsRequest request, StreamObserver<AcknowledgeResultsResponse> call) {
    calls.ofPool(
        call,
        request.getPoolId(),
        () -> Check.require(request.getCursor() >= 0, "cursor", "must be below 2^63"),
        (scheduler, now) -> {
          scheduler.acknowledgeResults(now, request.getPoolId(), request.getCursor());
          return AcknowledgeResultsResponse.getDefaultInstance();
        });
  }

  @Override
  public void closePool(ClosePoolRequest request, StreamObserver<ClosePoolResponse> call) {
    calls.ofPool(
        call,
        request.getPoolId(),
        () -> {},
        (scheduler, now) -> {
          scheduler.closePool(now, request.getPoolId());
          return ClosePoolResponse.getDefaultInstance();
        });
  }

  @Override
  public void joinPool(JoinPoolRequest request, StreamObserver<JoinPoolResponse> call) {
    Duration timeout = request.hasTimeout() ? request.getTimeout() : DEFAULT_JOIN;
    Scope scope = Scopes.current();
    long number = numbers.next();
    ((ServerCallStreamObserver<JoinPoolResponse>) call)
        .setOnCancelHandler(() -> loop.accept(ended(number)));
    if (Calls.passes(call, () -> checkJoin(request.getPoolId(), timeout))) {
      loop.accept(
          (scheduler, now) -> {
            streams.openJoin(number, call);
            boolean waits =
                Calls.passes(
                    call,
                    () -> {
                      scheduler.checkPool(scope, request.getPoolId());
                      scheduler.joinPool(
                          now, number, request.getPoolId(), Durations.nanos(timeout));
                    });
            if (!waits) {
              streams.forget(number);
            }
          });
    }
  }

  private static void checkJoin(String poolId, Duration timeout) {
    Check.notEmpty(poolId, "pool_id");
    Check.duration(timeout, true, LONGEST_JOIN_SECONDS, "timeout");
  }

  private Command ended(long number) {
    return (scheduler, now) -> {
      streams.forget(number);
      scheduler.callEnded(now, number);
    };
  }

  @Override
  public void terminatePool(
      TerminatePoolRequest request, StreamObserver<TerminatePoolResponse> call) {
    calls.ofPool(
        call,
        request.getPoolId(),
        () -> {},
        (scheduler, now) -> {
          scheduler.terminatePool(now, request.getPoolId());
          return TerminatePoolResponse.getDefaultInstance();
        });
  }

  @Override
  public void cancelTasks(CancelTasksRequest request, StreamObserver<CancelTasksResponse> call) {
    CancelMode mode =
        request.getMode() == CancelMode.CANCEL_MODE_UNSPECIFIED
            ? CancelMode.CANCEL_MODE_QUEUED_ONLY
            : request.getMode();
    calls.ofPool(
        call,
        request.getPoolId(),
        () -> {
          Check.ranges(request.getTasksList(), "tasks");
          Check.require(mode != CancelMode.UNRECOGNIZED, "mode", "must be a known mode");
        },
        (scheduler, now) ->
            CancelTasksResponse.newBuilder()
                .addAllCancelled(
                    scheduler.cancel(now, request.getPoolId(), request.getTasksList(), mode))
                .build());
  }

  @Override
  public void signalTasks(SignalTasksRequest request, StreamObserver<SignalTasksResponse> call) {
    int signal = request.getSignal();
    calls.ofPool(
        call,
        request.getPoolId(),
        () -> {
          Check.ranges(request.getTasksList(), "tasks");
          Check.require(
              signal == 2 || signal == 9 || signal == 15 || signal == 23,
              "signal",
              "must be 2 (INT), 9 (KILL), 15 (TERM) or 23 (URG), not " + signal);
        },
        (scheduler, now) ->
            SignalTasksResponse.newBuilder()
                .setSignalled(
                    scheduler.signal(now, request.getPoolId(), request.getTasksList(), signal))
                .build());
  }

  @Override
  public void explainTask(ExplainTaskRequest request, StreamObserver<ExplainTaskResponse> call) {
    calls.ofPool(
        call,
        request.getPoolId(),
        () -> {},
        (scheduler, now) -> scheduler.explain(now, request.getPoolId(), request.getIndex()));
  }
}
