package dev.farpool.grpc;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;

/** Answers of unary calls that nobody waits for. */
final class Replies {
  private Replies() {}

  /** For calls that are repeated anyway: a lost one is made good by the next, or by recovery. */
  static <T> StreamObserver<T> ignored() {
    return on(reply -> {}, status -> {});
  }

  static <T> StreamObserver<T> on(Consumer<T> answered, Consumer<Status> failed) {
    return new StreamObserver<>() {
      @Override
      public void onNext(T reply) {
        answered.accept(reply);
      }

      @Override
      public void onError(Throwable thrown) {
        failed.accept(Status.fromThrowable(thrown));
      }

      @Override
      public void onCompleted() {
        // The reply said it all.
      }
    };
  }

  /** What a person wants to read of a failed call. */
  static String text(Throwable thrown) {
    Status status =
        thrown instanceof StatusRuntimeException || thrown instanceof StatusException
            ? Status.fromThrowable(thrown)
            : Status.UNKNOWN.withDescription(String.valueOf(thrown.getMessage()));
    String description = status.getDescription();
    Throwable cause = status.getCause();
    String because = cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage();
    return description == null ? status.getCode() + because : description + because;
  }
}
