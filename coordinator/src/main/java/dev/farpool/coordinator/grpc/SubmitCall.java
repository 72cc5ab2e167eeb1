package dev.farpool.coordinator.grpc;

import dev.farpool.coordinator.core.Command;
import dev.farpool.coordinator.core.Placement;
import dev.farpool.coordinator.core.Refusal;
import dev.farpool.coordinator.core.Scheduler;
import dev.farpool.coordinator.core.Scope;
import dev.farpool.v1.Rejection;
import dev.farpool.v1.SubmitRequest;
import dev.farpool.v1.SubmitResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
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
  private final Spill spill;
  private final Intake intake;
  private final Scope scope = Scopes.current();
  private final Scope own = Scopes.ofBlobs();

  /** Requests that were dealt with while the peer read no answers; only the loop touches it. */
  private int owed;

  private SubmitCall(
      ServerCallStreamObserver<SubmitResponse> call,
      Consumer<Command> loop,
      Streams streams,
      long number,
      BlobCheck blobs,
      Spill spill,
      Intake intake) {
    this.call = call;
    this.loop = loop;
    this.streams = streams;
    this.number = number;
    this.blobs = blobs;
    this.spill = spill;
    this.intake = intake;
  }

  static StreamObserver<SubmitRequest> open(
      ServerCallStreamObserver<SubmitResponse> call,
      Consumer<Command> loop,
      Streams streams,
      long number,
      BlobCheck blobs,
      Spill spill,
      Intake intake) {
    SubmitCall submit = new SubmitCall(call, loop, streams, number, blobs, spill, intake);
    call.setOnCancelHandler(submit::ended);
    call.setOnReadyHandler(() -> loop.accept((scheduler, now) -> submit.requestOwed()));
    call.disableAutoRequest();
    call.request(WINDOW);
    loop.accept((scheduler, now) -> streams.openSubmit(number, call));
    return submit;
  }

  @Override
  public void onNext(SubmitRequest request) {
    if (spill.isWanted()) {
      intake.takeSlow(() -> spillAndPost(request));
    } else {
      intake.take(() -> post(request, Placement.IN_MESSAGE, null));
    }
  }

  private void spillAndPost(SubmitRequest request) {
    try {
      Spilled spilled = Spilled.of(request, spill);
      post(request, spilled, null);
      loop.accept((scheduler, now) -> spilled.releaseRest());
    } catch (IOException full) {
      post(request, Placement.IN_MESSAGE, full.getMessage());
    }
  }

  /**
   * @param full why the payload is on the heap although it should not be; null if it may be there
   */
  private void post(SubmitRequest request, Placement placement, String full) {
    Rejection wrong = check(request);
    loop.accept(
        (scheduler, now) -> {
          SubmitResponse response = answer(scheduler, now, request, placement, wrong);
          streams.answerSubmit(number, full == null ? response : explained(response, full));
          owed++;
          requestOwed();
        });
  }

  /** Whoever reads no answers is read no further, or the answers would pile up here. */
  private void requestOwed() {
    if (owed > 0 && call.isReady()) {
      call.request(owed);
      owed = 0;
    }
  }

  private static SubmitResponse explained(SubmitResponse response, String full) {
    if (response.getRejected().getReason() != Rejection.Reason.REASON_OVERLOADED) {
      return response;
    }
    String message = response.getRejected().getMessage() + " (the disk is full: " + full + ")";
    SubmitResponse.Builder explained = response.toBuilder();
    explained.getRejectedBuilder().setMessage(message);
    return explained.build();
  }

  private Rejection check(SubmitRequest request) {
    try {
      SubmitCheck.check(request);
      blobs.requireArguments(own, request);
      return null;
    } catch (InvalidFieldException invalid) {
      return Rejection.newBuilder()
          .setReason(Rejection.Reason.REASON_INVALID)
          .setField(invalid.field())
          .setMessage(invalid.getMessage())
          .build();
    }
  }

  private SubmitResponse answer(
      Scheduler scheduler, long now, SubmitRequest request, Placement placement, Rejection wrong) {
    try {
      scheduler.checkPool(scope, request.getPoolId());
      return wrong == null
          ? scheduler.submit(now, number, request, placement)
          : scheduler.reject(request.getPoolId(), wrong);
    } catch (Refusal noSuchPool) {
      return SubmitResponse.newBuilder()
          .setPoolId(request.getPoolId())
          .setRejected(
              Rejection.newBuilder()
                  .setReason(Rejection.Reason.REASON_NOT_FOUND)
                  .setField("pool_id")
                  .setMessage(noSuchPool.getMessage()))
          .build();
    }
  }

  /** A broken call ends as a cancelled one does, of which the cancel handler is told. */
  @Override
  public void onError(Throwable broken) {
    ended();
  }

  @Override
  public void onCompleted() {
    intake.take(
        () ->
            loop.accept(
                (scheduler, now) -> {
                  scheduler.callEnded(now, number);
                  streams.completeSubmit(number);
                }));
  }

  private void ended() {
    intake.take(
        () ->
            loop.accept(
                (scheduler, now) -> {
                  streams.forget(number);
                  scheduler.callEnded(now, number);
                }));
  }
}
