package dev.farpool.coordinator.grpc;

import dev.farpool.coordinator.core.Command;
import dev.farpool.coordinator.core.Scope;
import dev.farpool.v1.ReadTaskOutputRequest;
import dev.farpool.v1.ReadTaskOutputResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.function.Consumer;

/** Opens a call that reads what a task printed. What it carries comes from the effects. */
final class OutputCall {
  private OutputCall() {}

  static void open(
      ReadTaskOutputRequest request,
      ServerCallStreamObserver<ReadTaskOutputResponse> call,
      Consumer<Command> loop,
      Streams streams,
      long number) {
    call.setOnCancelHandler(
        () ->
            loop.accept(
                (scheduler, now) -> {
                  streams.forget(number);
                  scheduler.callEnded(now, number);
                }));
    call.setOnReadyHandler(
        () -> loop.accept((scheduler, now) -> scheduler.insight().outputReady(number)));
    Scope scope = Scopes.current();
    if (!Calls.passes(call, () -> TaskCheck.task(request.getPoolId(), request.getIndex()))) {
      return;
    }
    loop.accept(
        (scheduler, now) -> {
          streams.openPrint(number, call);
          String pool = request.getPoolId();
          long index = request.getIndex();
          boolean reads =
              Calls.passes(
                  call,
                  () ->
                      scheduler
                          .insight()
                          .readOutput(number, scope, pool, index, request.getFollow()));
          if (!reads) {
            streams.forget(number);
          }
        });
  }
}
