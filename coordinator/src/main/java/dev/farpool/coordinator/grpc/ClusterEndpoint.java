package dev.farpool.coordinator.grpc;

import dev.farpool.common.Durations;
import dev.farpool.coordinator.core.Command;
import dev.farpool.coordinator.core.Scope;
import dev.farpool.coordinator.core.StatusReport;
import dev.farpool.coordinator.history.WallTime;
import dev.farpool.v1.ClusterServiceGrpc.ClusterServiceImplBase;
import dev.farpool.v1.DrainWorkerRequest;
import dev.farpool.v1.DrainWorkerResponse;
import dev.farpool.v1.GetActivityRequest;
import dev.farpool.v1.GetActivityResponse;
import dev.farpool.v1.GetStatusRequest;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.GetTaskRequest;
import dev.farpool.v1.GetTaskResponse;
import dev.farpool.v1.ListTasksRequest;
import dev.farpool.v1.ListTasksResponse;
import dev.farpool.v1.ReadTaskOutputRequest;
import dev.farpool.v1.ReadTaskOutputResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Serves operators. Thread-safe. */
public final class ClusterEndpoint extends ClusterServiceImplBase {
  private static final int LONGEST_REASON = 1000;

  private final Consumer<Command> loop;
  private final Streams streams;
  private final CallNumbers numbers;
  private final Calls calls;
  private final Identity identity;
  private final InstantSource wallClock;

  /**
   * @param loop takes commands in the order of their coming
   * @param streams the scheduler writes to them
   * @param numbers for calls that last
   * @param wallClock for display only
   */
  public ClusterEndpoint(
      Consumer<Command> loop,
      Streams streams,
      CallNumbers numbers,
      Identity identity,
      InstantSource wallClock) {
    this.loop = loop;
    this.streams = streams;
    this.numbers = numbers;
    this.calls = new Calls(loop);
    this.identity = identity;
    this.wallClock = wallClock;
  }

  @Override
  public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> call) {
    long wallMillis = wallClock.millis();
    Scope scope = Scopes.current();
    calls.answer(
        call,
        () -> {},
        (scheduler, now) -> toMessage(scheduler.status(now, wallMillis, scope), now));
  }

  private GetStatusResponse toMessage(StatusReport report, long nowNanos) {
    Duration uptime = Duration.ofNanos(nowNanos - identity.startNanos());
    return GetStatusResponse.newBuilder()
        .setCoordinatorVersion(identity.version())
        .setCoordinatorId(identity.coordinatorId())
        .setUptime(Durations.toMessage(uptime))
        .addAllWorkers(report.workers())
        .addAllPools(report.pools())
        .setSessions(report.sessions())
        .build();
  }

  @Override
  public void drainWorker(DrainWorkerRequest request, StreamObserver<DrainWorkerResponse> call) {
    calls.answer(
        call,
        () -> {
          Check.notEmpty(request.getName(), "name");
          Check.length(request.getReason(), LONGEST_REASON, "reason");
        },
        (scheduler, now) -> {
          scheduler.drainWorker(request.getName(), request.getReason());
          return DrainWorkerResponse.getDefaultInstance();
        });
  }

  @Override
  public void listTasks(ListTasksRequest request, StreamObserver<ListTasksResponse> call) {
    long wallMillis = wallClock.millis();
    Scope scope = Scopes.current();
    calls.answer(
        call,
        () -> TaskCheck.query(request),
        (scheduler, now) ->
            scheduler
                .insight()
                .list(scope, TaskCheck.query(request), new WallTime(now, wallMillis)));
  }

  @Override
  public void getTask(GetTaskRequest request, StreamObserver<GetTaskResponse> call) {
    long wallMillis = wallClock.millis();
    Scope scope = Scopes.current();
    calls.answer(
        call,
        () -> TaskCheck.task(request.getPoolId(), request.getIndex()),
        (scheduler, now) ->
            scheduler
                .insight()
                .task(
                    scope, request.getPoolId(), request.getIndex(), new WallTime(now, wallMillis)));
  }

  @Override
  public void readTaskOutput(
      ReadTaskOutputRequest request, StreamObserver<ReadTaskOutputResponse> call) {
    OutputCall.open(
        request,
        (ServerCallStreamObserver<ReadTaskOutputResponse>) call,
        loop,
        streams,
        numbers.next());
  }

  @Override
  public void getActivity(GetActivityRequest request, StreamObserver<GetActivityResponse> call) {
    long wallMillis = wallClock.millis();
    calls.answer(
        call,
        () -> Check.require(request.getSince() >= 0, "since", "must be below 2^63"),
        (scheduler, now) ->
            scheduler
                .insight()
                .activity(request.getSince(), new WallTime(now, wallMillis))
                .setCoordinatorId(identity.coordinatorId())
                .build());
  }
}
