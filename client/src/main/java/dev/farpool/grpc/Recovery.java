package dev.farpool.grpc;

import dev.farpool.common.Backoff;
import dev.farpool.v1.KeepAliveRequest;
import dev.farpool.v1.OpenSessionResponse;
import dev.farpool.v1.PoolServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Mends a broken session, on its own thread.
 *
 * <p>The coordinator still knows the session: the streams of its pools are opened again where they
 * broke. Another coordinator answers, or the same one after a restart: the pools are made anew and
 * their unfinished tasks submitted again. The same coordinator has given the session up: its pools
 * are gone, and their results say so.
 */
final class Recovery {
  private static final int TRY_SECONDS = 5;
  private static final Duration CALM = Duration.ofSeconds(30);

  private final SessionLink link;
  private final Duration patience;
  private final Backoff backoff =
      new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), ThreadLocalRandom.current());
  private final AtomicBoolean running = new AtomicBoolean();
  private long mendedAt = System.nanoTime();

  Recovery(SessionLink link, Duration patience) {
    this.link = link;
    this.patience = patience;
  }

  /** Begins, unless it is at work already. */
  void start() {
    if (running.compareAndSet(false, true)) {
      link.threads().recovery().execute(this::run);
    }
  }

  private void run() {
    try {
      mend();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } finally {
      running.set(false);
    }
    if (link.pools().stream().anyMatch(PoolLink::broken)) {
      link.broken(); // One broke again while the others were mended.
    }
  }

  private void mend() throws InterruptedException {
    if (System.nanoTime() - mendedAt > CALM.toNanos()) {
      backoff.reset();
    }
    long deadline = System.nanoTime() + patience.toNanos();
    while (!link.closed()) {
      Thread.sleep(backoff.next().toMillis());
      try {
        attempt();
        mendedAt = System.nanoTime();
        return;
      } catch (StatusRuntimeException | UnreachableException | IOException failed) {
        if (System.nanoTime() > deadline) {
          giveUp(failed);
          return;
        }
        link.channels().next();
      }
    }
  }

  private void attempt() throws UnreachableException, IOException, InterruptedException {
    if (!sessionIsKnown()) {
      openAnother();
    }
    for (PoolLink pool : link.pools()) {
      if (pool.lost()) {
        pool.restart(link.session().getSessionId());
      } else {
        pool.resume();
      }
    }
  }

  private boolean sessionIsKnown() {
    KeepAliveRequest request =
        KeepAliveRequest.newBuilder().setSessionId(link.session().getSessionId()).build();
    try {
      PoolServiceGrpc.newBlockingStub(link.channels().control())
          .withDeadlineAfter(TRY_SECONDS, TimeUnit.SECONDS)
          .keepAlive(request);
      return true;
    } catch (StatusRuntimeException refused) {
      if (refused.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return false;
      }
      throw refused;
    }
  }

  private void openAnother() throws UnreachableException, InterruptedException {
    String before = link.session().getCoordinatorId();
    OpenSessionResponse session = link.opener().open(Duration.ofSeconds(TRY_SECONDS));
    link.reopened(session);
    for (PoolLink pool : link.pools()) {
      if (session.getCoordinatorId().equals(before)) {
        pool.fail("its session had ended: the coordinator had heard nothing of this client");
      } else {
        pool.lose();
      }
    }
  }

  private void giveUp(Exception failed) {
    String reason =
        String.format(
            "no coordinator could be reached at %s for %s: %s",
            link.channels().peer(), patience, Replies.text(failed));
    link.pools().forEach(pool -> pool.fail(reason));
  }
}
