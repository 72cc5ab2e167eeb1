package dev.farpool.grpc;

import dev.farpool.v1.CreatePoolRequest;
import dev.farpool.v1.OpenSessionResponse;
import dev.farpool.v1.ResumedPool;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The session in which a pool lives, and its way to another one. Thread-safe. */
final class PoolHome {
  private final PoolLink pool;
  private final SessionLink session;
  private final CodeShipper code;
  private final SubmitStream submit;
  private final ResultsStream results;
  private volatile OpenSessionResponse home;
  private volatile boolean unknown;

  PoolHome(
      PoolLink pool,
      SessionLink session,
      CodeShipper code,
      SubmitStream submit,
      ResultsStream results) {
    this.pool = pool;
    this.session = session;
    this.code = code;
    this.submit = submit;
    this.results = results;
  }

  /** What a coordinator is told to create the pool. */
  CreatePoolRequest.Builder creation(OpenSessionResponse in) {
    return CreatePoolRequest.newBuilder()
        .setSessionId(in.getSessionId())
        .setPoolId(pool.id())
        .setSpec(pool.spec());
  }

  /** Brings the pool's code to the cluster. */
  CompletionStage<Void> ship() {
    return code.ship(session.blobs(), session.channels());
  }

  /** The pool was created in a session, and is followed there. */
  void opened(OpenSessionResponse in) {
    home = in;
    unknown = false;
    results.open();
  }

  /** The coordinator said that there is no such pool. */
  void unknown() {
    unknown = true;
  }

  /** The coordinator told something of the pool. */
  void known() {
    unknown = false;
  }

  boolean isIn(OpenSessionResponse current) {
    return home.getSessionId().equals(current.getSessionId());
  }

  /** Makes the pool follow a session that is there; completes when it does, or has ended. */
  CompletionStage<Void> mend(OpenSessionResponse current) {
    if (!isIn(current)) {
      if (!home.getCoordinatorId().equals(current.getCoordinatorId())) {
        return move(current);
      }
      pool.fail("its session had ended: the coordinator had heard nothing of this client");
    } else if (unknown) {
      pool.fail("the coordinator at " + session.channels().peer() + " does not know it any more");
    } else {
      results.open();
      submit.resume();
    }
    return CompletableFuture.completedFuture(null);
  }

  /** Goes on at another coordinator, with the same id, and submits again what is unfinished. */
  private CompletionStage<Void> move(OpenSessionResponse current) {
    results.restart();
    return ship()
        .thenCompose(shipped -> session.blobs().restore(pool.large()))
        .thenCompose(restored -> submit.restart())
        .thenCompose(resumed -> createAgain(current, resumed));
  }

  private CompletionStage<Void> createAgain(OpenSessionResponse current, ResumedPool resumed) {
    return session
        .calls()
        .createPool(creation(current).setResumed(resumed).build(), SessionCalls.USUAL_NANOS)
        .handle(
            (created, refused) -> {
              if (refused == null) {
                goOn(current);
              } else if (Replies.permanent(Replies.code(refused))) {
                pool.fail("the coordinator does not take it again: " + Replies.text(refused));
              } else {
                throw Replies.wrapped(refused);
              }
              return null;
            });
  }

  private void goOn(OpenSessionResponse current) {
    if (pool.hasEnded()) {
      session.dismissLater(pool.id()); // It was terminated while it came back.
    } else {
      opened(current);
      submit.moved();
    }
  }
}
