package dev.farpool.cli;

import dev.farpool.common.CallStatus;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** Completes a future with the first message of a call, or with the status that came instead. */
record FirstAnswer<T>(CompletableFuture<T> answer) implements StreamObserver<T> {
  @Override
  public void onNext(T message) {
    answer.complete(message);
  }

  @Override
  public void onError(Throwable failure) {
    answer.completeExceptionally(CallStatus.of(failure).asRuntimeException());
  }

  @Override
  public void onCompleted() {
    answer.completeExceptionally(
        Status.UNAVAILABLE.withDescription("no answer").asRuntimeException());
  }
}
