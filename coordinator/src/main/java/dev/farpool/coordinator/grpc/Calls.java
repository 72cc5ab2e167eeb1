package dev.farpool.coordinator.grpc;

import dev.farpool.coordinator.core.Command;
import dev.farpool.coordinator.core.Refusal;
import dev.farpool.coordinator.core.Scheduler;
import dev.farpool.coordinator.core.Scope;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;

/** Calls with one answer: asked of the scheduler in its turn. Thread-safe. */
final class Calls {
  /** A caller that has gone needs no answer; without a handler gRPC would throw instead. */
  static final Runnable NOBODY_LISTENS = () -> {};

  private final Consumer<Command> loop;

  Calls(Consumer<Command> loop) {
    this.loop = loop;
  }

  /**
   * Checks a call, and answers it from the scheduler.
   *
   * @param check throws {@link InvalidFieldException} or another refusal
   */
  <R> void answer(StreamObserver<R> call, Runnable check, Question<R> question) {
    ((ServerCallStreamObserver<R>) call).setOnCancelHandler(NOBODY_LISTENS);
    if (passes(call, check)) {
      loop.accept((scheduler, now) -> answer(call, question, scheduler, now));
    }
  }

  /** The same for a call about a pool, which must be the caller's. */
  <R> void ofPool(StreamObserver<R> call, String poolId, Runnable check, Question<R> question) {
    Scope scope = Scopes.current();
    answer(
        call,
        () -> {
          Check.notEmpty(poolId, "pool_id");
          check.run();
        },
        (scheduler, now) -> {
          scheduler.checkPool(scope, poolId);
          return question.ask(scheduler, now);
        });
  }

  /** The same for a call about a session, which must be the caller's. */
  <R> void ofSession(StreamObserver<R> call, String sessionId, Question<R> question) {
    Scope scope = Scopes.current();
    answer(
        call,
        () -> Check.notEmpty(sessionId, "session_id"),
        (scheduler, now) -> {
          scheduler.checkSession(scope, sessionId);
          return question.ask(scheduler, now);
        });
  }

  private static <R> void answer(
      StreamObserver<R> call, Question<R> question, Scheduler scheduler, long now) {
    R response;
    try {
      response = question.ask(scheduler, now);
    } catch (Refusal refusal) {
      call.onError(Statuses.of(refusal));
      return;
    }
    call.onNext(response);
    call.onCompleted();
  }

  /** Whether a check finds nothing; if it does, the call has ended. */
  static boolean passes(StreamObserver<?> call, Runnable check) {
    try {
      check.run();
      return true;
    } catch (InvalidFieldException invalid) {
      call.onError(Statuses.of(invalid));
    } catch (Refusal refusal) {
      call.onError(Statuses.of(refusal));
    }
    return false;
  }

  /** What is asked of the scheduler. */
  @FunctionalInterface
  interface Question<R> {
    R ask(Scheduler scheduler, long nowNanos);
  }
}
