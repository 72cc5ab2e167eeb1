package dev.farpool.coordinator.grpc;

import dev.farpool.common.Durations;
import dev.farpool.coordinator.core.Command;
import dev.farpool.coordinator.core.StatusReport;
import dev.farpool.v1.ClusterServiceGrpc.ClusterServiceImplBase;
import dev.farpool.v1.DrainWorkerRequest;
import dev.farpool.v1.DrainWorkerResponse;
import dev.farpool.v1.GetStatusRequest;
import dev.farpool.v1.GetStatusResponse;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Serves operators. Thread-safe. */
public final class ClusterEndpoint extends ClusterServiceImplBase {
  private static final int LONGEST_REASON = 1000;

  private final Calls calls;
  private final Identity identity;
  private final InstantSource wallClock;

  /**
   * @param loop takes commands in the order of their coming
   * @param wallClock for display only
   */
  public ClusterEndpoint(Consumer<Command> loop, Identity identity, InstantSource wallClock) {
    this.calls = new Calls(loop);
    this.identity = identity;
    this.wallClock = wallClock;
  }

  @Override
  public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> call) {
    long wallMillis = wallClock.millis();
    calls.answer(
        call, () -> {}, (scheduler, now) -> toMessage(scheduler.status(now, wallMillis), now));
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
}
