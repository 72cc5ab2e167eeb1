package dev.farpool.grpc;

import dev.farpool.common.CallStatus;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** Answers of unary calls. */
final class Replies {
  private Replies() {}

  /**
   * The answer of a call, or a {@link StatusRuntimeException}. It comes on the transport's thread,
   * by the call's deadline.
   */
  static <T> CompletableFuture<T> to(Consumer<StreamObserver<T>> call) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    call.accept(
        on(answer::complete, status -> answer.completeExceptionally(status.asRuntimeException())));
    return answer;
  }

  static <T> StreamObserver<T> on(Consumer<T> answered, Consumer<Status> failed) {
    return new StreamObserver<>() {
      private boolean replied;

      @Override
      public void onNext(T reply) {
        replied = true;
        answered.accept(reply);
      }

      @Override
      public void onError(Throwable thrown) {
        failed.accept(CallStatus.of(thrown));
      }

      @Override
      public void onCompleted() {
        if (!replied) {
          failed.accept(Status.INTERNAL.withDescription("the answer was empty"));
        }
      }
    };
  }

  /** What stages put around an exception is taken off. */
  static Throwable cause(Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }

  /** Whether what failed may succeed when it is repeated. */
  static boolean repeatable(Throwable thrown) {
    Throwable cause = cause(thrown);
    return repeatable(code(cause instanceof IOException io ? io.getCause() : cause));
  }

  static Status.Code code(Throwable thrown) {
    return status(cause(thrown)).getCode();
  }

  /** Whether nobody was there to do as asked. */
  static boolean unanswered(Throwable thrown) {
    Status.Code code = code(thrown);
    return code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED;
  }

  /** To be thrown in a stage. */
  static CompletionException wrapped(Throwable thrown) {
    return thrown instanceof CompletionException already
        ? already
        : new CompletionException(thrown);
  }

  /** Whether the same call may succeed when it is repeated. */
  private static boolean repeatable(Status.Code code) {
    return switch (code) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, ABORTED, RESOURCE_EXHAUSTED -> true;
      default -> false;
    };
  }

  /** Whether the same call could never succeed, however often it is repeated. */
  static boolean permanent(Status.Code code) {
    return switch (code) {
      case UNIMPLEMENTED,
          INVALID_ARGUMENT,
          PERMISSION_DENIED,
          UNAUTHENTICATED,
          OUT_OF_RANGE,
          ALREADY_EXISTS ->
          true;
      default -> false;
    };
  }

  private static Status status(Throwable thrown) {
    return thrown instanceof StatusRuntimeException || thrown instanceof StatusException
        ? CallStatus.of(thrown)
        : Status.UNKNOWN.withDescription(String.valueOf(thrown.getMessage()));
  }

  /** What a person wants to read of a failed call. */
  static String text(Throwable thrown) {
    return text(status(cause(thrown)));
  }

  static String text(Status status) {
    if (status.getCode() == Status.Code.UNIMPLEMENTED) {
      return "it does not offer what this client needs, so it is no Farpool coordinator or an older"
          + " one: use the version of this client ("
          + status.getDescription()
          + ")";
    }
    String description = status.getDescription();
    Throwable cause = status.getCause();
    String because = cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage();
    return description == null ? status.getCode() + because : description + because;
  }
}
