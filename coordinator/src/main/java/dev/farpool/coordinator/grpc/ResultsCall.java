package dev.farpool.coordinator.grpc;

import dev.farpool.coordinator.core.Command;
import dev.farpool.coordinator.core.Scope;
import dev.farpool.v1.ResultsRequest;
import dev.farpool.v1.ResultsResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.function.Consumer;

/** Opens a call that follows a pool. What it carries comes from the scheduler's effects. */
final class ResultsCall {
  /** A peer is busy when more than this waits to be written to it. */
  private static final int READY_BYTES = 1 << 20;

  private ResultsCall() {}

  static void open(
      ResultsRequest request,
      ServerCallStreamObserver<ResultsResponse> call,
      Consumer<Command> loop,
      Streams streams,
      long number) {
    Command ended =
        (scheduler, now) -> {
          streams.forget(number);
          scheduler.callEnded(now, number);
        };
    Scope scope = Scopes.current();
    call.setOnCancelHandler(() -> loop.accept(ended));
    call.setOnReadyThreshold(READY_BYTES);
    call.setOnReadyHandler(() -> loop.accept((scheduler, now) -> scheduler.resultsReady(number)));
    if (Calls.passes(call, () -> Check.notEmpty(request.getPoolId(), "pool_id"))) {
      loop.accept(
          (scheduler, now) -> {
            streams.openResults(number, call);
            String pool = request.getPoolId();
            if (!Calls.passes(
                call,
                () -> {
                  scheduler.checkPool(scope, pool);
                  scheduler.follow(now, number, pool, request.getCursor());
                })) {
              streams.forget(number);
            }
          });
    }
  }
}
