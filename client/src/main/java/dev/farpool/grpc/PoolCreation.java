package dev.farpool.grpc;

import dev.farpool.v1.OpenSessionResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Creates a pool, with the same id as often as it takes: while the session is being mended it waits
 * for that, within bounds.
 */
final class PoolCreation {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final SessionLink session;
  private final PoolLink pool;
  private final long deadline;
  private final CompletableFuture<PoolLink> created = new CompletableFuture<>();

  PoolCreation(SessionLink session, PoolLink pool) {
    this.session = session;
    this.pool = pool;
    long limit = Math.max(SessionCalls.USUAL_NANOS, session.patience().toNanos());
    this.deadline = session.timers().nanoTime() + limit;
  }

  CompletionStage<PoolLink> begin() {
    attempt();
    return created;
  }

  private void attempt() {
    OpenSessionResponse home = session.session();
    long left = Math.max(1, deadline - session.timers().nanoTime());
    long limit = Math.min(left, SessionCalls.USUAL_NANOS);
    session
        .calls()
        .createPool(pool.home().creation(home).build(), limit)
        .whenComplete(
            (done, refused) -> {
              if (refused == null) {
                session.add(pool, home);
                created.complete(pool);
              } else {
                refused(refused);
              }
            });
  }

  private void refused(Throwable refused) {
    if (session.closed() || session.timers().nanoTime() - deadline >= 0) {
      created.completeExceptionally(refused);
      return;
    }
    switch (Replies.code(refused)) {
      case UNAVAILABLE, NOT_FOUND, DEADLINE_EXCEEDED -> {
        session.broken(Replies.text(refused));
        again();
      }
      case RESOURCE_EXHAUSTED -> again();
      case FAILED_PRECONDITION -> shipAndTryAgain();
      default -> created.completeExceptionally(refused);
    }
  }

  private void shipAndTryAgain() {
    pool.home()
        .ship()
        .whenComplete(
            (shipped, thrown) -> {
              if (thrown == null || Replies.repeatable(thrown)) {
                again();
              } else {
                created.completeExceptionally(Replies.cause(thrown));
              }
            });
  }

  private void again() {
    session.timers().after(PAUSE, this::attempt);
  }
}
