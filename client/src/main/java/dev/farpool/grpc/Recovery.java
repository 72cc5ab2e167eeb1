package dev.farpool.grpc;

import dev.farpool.common.Backoff;
import dev.farpool.common.SerialLoop;
import dev.farpool.common.Surroundings;
import dev.farpool.v1.OpenSessionResponse;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Mends a broken session: a pause, a question to the coordinator, then its pools; again, until it
 * is whole or patience has run out. Everything happens in one serial loop.
 *
 * <p>The coordinator still knows the session: the streams of its pools are opened again where they
 * broke. Another coordinator answers, or the same one after a restart: the pools go on there. The
 * same coordinator has given the session up: its pools are gone, and their results say so.
 */
final class Recovery {
  private static final Duration TRY = Duration.ofSeconds(5);
  private static final Duration CALM = Duration.ofSeconds(30);

  private final SessionLink link;
  private final Duration patience;
  private final LinkTimers timers;
  private final Backoff backoff;
  private final SerialLoop<Runnable> loop;
  private volatile Outage outage;
  private volatile boolean progress = true;

  // Below: touched in the loop only.
  private boolean mending;
  private long mendedAt;

  /**
   * @param sinceNanos when the session broke
   * @param reason what was heard last
   */
  private record Outage(long sinceNanos, String reason) {}

  Recovery(SessionLink link, Duration patience, LinkTimers timers, Surroundings surroundings) {
    this.link = link;
    this.patience = patience;
    this.timers = timers;
    this.backoff =
        new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), surroundings.random());
    this.loop = new SerialLoop<>(messages -> messages.forEach(Runnable::run), surroundings.timer());
  }

  /** Begins, unless it is at work already. */
  void start(String reason) {
    loop.post(() -> begin(reason));
  }

  /** Something was achieved: the next break is not the same trouble as the last. */
  void progress() {
    if (!progress) {
      progress = true;
    }
  }

  /** Why nothing comes from the coordinator now, for a person; empty while all is well. */
  Optional<String> explanation() {
    return Optional.ofNullable(outage)
        .map(
            now ->
                String.format(
                    "no connection to the coordinator at %s for %d s, trying again (%s)",
                    link.channels().peer(),
                    TimeUnit.NANOSECONDS.toSeconds(timers.nanoTime() - now.sinceNanos),
                    now.reason));
  }

  private void begin(String reason) {
    if (mending || link.closed()) {
      return;
    }
    mending = true;
    long now = timers.nanoTime();
    if (progress || now - mendedAt > CALM.toNanos()) {
      backoff.reset();
    }
    outage = new Outage(now, reason);
    pause();
  }

  private void pause() {
    timers.after(backoff.next(), () -> loop.post(this::attempt));
  }

  private void attempt() {
    if (link.closed()) {
      mending = false;
      return;
    }
    link.calls()
        .keepAlive(link.session().getSessionId(), TRY.toNanos())
        .whenComplete((alive, thrown) -> loop.post(() -> asked(thrown)));
  }

  private void asked(Throwable thrown) {
    if (thrown == null) {
      mendPools();
    } else if (Replies.code(thrown) == Status.Code.NOT_FOUND) {
      link.opener()
          .tryOnce(TRY)
          .whenComplete((session, refused) -> loop.post(() -> opened(session, refused)));
    } else {
      failed(thrown);
    }
  }

  private void opened(OpenSessionResponse session, Throwable refused) {
    if (refused != null) {
      failed(refused);
    } else if (link.reopened(session)) {
      mendPools();
    } else {
      mending = false;
    }
  }

  private void mendPools() {
    OpenSessionResponse session = link.session();
    CompletableFuture<?>[] pools =
        link.pools().stream()
            .map(pool -> pool.mend(session).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(pools)
        .whenComplete(
            (done, thrown) -> loop.post(thrown == null ? this::mended : () -> poolsFailed(thrown)));
  }

  private void mended() {
    mending = false;
    progress = false;
    mendedAt = timers.nanoTime();
    outage = null;
    link.dismissOrphans();
    if (!torn().isEmpty()) {
      begin("a stream broke again"); // While the others were mended.
    }
  }

  /** Nobody answers: perhaps another address does. */
  private void failed(Throwable thrown) {
    if (!waitOn(thrown)) {
      String reason = "no coordinator could be reached at %s for %s: %s";
      giveUp(link.pools(), reason, thrown);
    } else {
      link.channels().next();
      pause();
    }
  }

  /** The coordinator answers, but not every pool could be mended. */
  private void poolsFailed(Throwable thrown) {
    if (!waitOn(thrown)) {
      String reason = "the coordinator at %s did not take the pool again for %s: %s";
      giveUp(torn(), reason, thrown);
    } else {
      pause();
    }
  }

  private boolean waitOn(Throwable thrown) {
    outage = new Outage(outage.sinceNanos, Replies.text(thrown));
    return timers.nanoTime() - outage.sinceNanos <= patience.toNanos();
  }

  private void giveUp(List<PoolLink> pools, String reason, Throwable thrown) {
    mending = false;
    outage = null;
    String text = String.format(reason, link.channels().peer(), patience, Replies.text(thrown));
    pools.forEach(pool -> pool.fail(text));
  }

  private List<PoolLink> torn() {
    return link.pools().stream().filter(pool -> !pool.whole(link.session())).toList();
  }
}
