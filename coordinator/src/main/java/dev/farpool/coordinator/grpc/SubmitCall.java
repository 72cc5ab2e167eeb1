package dev.farpool.coordinator.grpc;

import dev.farpool.coordinator.core.Command;
import dev.farpool.coordinator.core.Refusal;
import dev.farpool.coordinator.core.Scheduler;
import dev.farpool.v1.Rejection;
import dev.farpool.v1.SubmitRequest;
import dev.farpool.v1.SubmitResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;

/**
 * One call that submits. A wrong request is answered with its rejection and the call goes on. The
 * next request is read only when one before was dealt with, which bounds what waits in the loop.
 */
final class SubmitCall implements StreamObserver<SubmitRequest> {
  /** So many requests may be on their way, so that the peer need not wait for each answer. */
  private static final int WINDOW = 4;

  private final ServerCallStreamObserver<SubmitResponse> call;
  private final Consumer<Command> loop;
  private final Streams streams;
  private final long number;
  private final BlobCheck blobs;

  private SubmitCall(
      ServerCallStreamObserver<SubmitResponse> call,
      Consumer<Command> loop,
      Streams streams,
      long number,
      BlobCheck blobs) {
    this.call = call;
    this.loop = loop;
    this.streams = streams;
    this.number = number;
    this.blobs = blobs;
  }

  static StreamObserver<SubmitRequest> open(
      ServerCallStreamObserver<SubmitResponse> call,
      Consumer<Command> loop,
      Streams streams,
      long number,
      BlobCheck blobs) {
    SubmitCall submit = new SubmitCall(call, loop, streams, number, blobs);
    call.setOnCancelHandler(submit::ended);
    call.disableAutoRequest();
    call.request(WINDOW);
    loop.accept((scheduler, now) -> streams.openSubmit(number, call));
    return submit;
  }

  @Override
  public void onNext(SubmitRequest request) {
    Rejection wrong = check(request);
    loop.accept(
        (scheduler, now) -> {
          streams.answerSubmit(
              number,
              wrong == null
                  ? submit(scheduler, now, request)
                  : scheduler.reject(request.getPoolId(), wrong));
          call.request(1);
        });
  }

  private Rejection check(SubmitRequest request) {
    try {
      SubmitCheck.check(request);
      blobs.requireArguments(request);
      return null;
    } catch (InvalidFieldException invalid) {
      return Rejection.newBuilder()
          .setReason(Rejection.Reason.REASON_INVALID)
          .setField(invalid.field())
          .setMessage(invalid.getMessage())
          .build();
    }
  }

  private SubmitResponse submit(Scheduler scheduler, long now, SubmitRequest request) {
    try {
      return scheduler.submit(now, number, request);
    } catch (Refusal noSuchPool) {
      return scheduler.reject(
          request.getPoolId(),
          Rejection.newBuilder()
              .setReason(Rejection.Reason.REASON_NOT_FOUND)
              .setField("pool_id")
              .setMessage(noSuchPool.getMessage())
              .build());
    }
  }

  /** A broken call ends as a cancelled one does, of which the cancel handler is told. */
  @Override
  public void onError(Throwable broken) {
    ended();
  }

  @Override
  public void onCompleted() {
    loop.accept(
        (scheduler, now) -> {
          scheduler.callEnded(now, number);
          streams.completeSubmit(number);
        });
  }

  private void ended() {
    loop.accept(
        (scheduler, now) -> {
          streams.forget(number);
          scheduler.callEnded(now, number);
        });
  }
}
