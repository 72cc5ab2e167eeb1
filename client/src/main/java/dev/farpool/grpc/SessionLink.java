package dev.farpool.grpc;

import dev.farpool.common.Durations;
import dev.farpool.common.Surroundings;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.OpenSessionResponse;
import dev.farpool.v1.PoolSpec;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/**
 * A session with a coordinator, and the pools in it. Nothing here waits: what takes time is given
 * as a stage that completes on the transport's thread or the timer's, within a bound. Thread-safe.
 */
public final class SessionLink {
  private static final Duration EXIT_PATIENCE = Duration.ofSeconds(10);
  private static final Duration SHORTEST_KEEP_ALIVE = Duration.ofMillis(100);

  private final Channels channels;
  private final Surroundings surroundings;
  private final LinkTimers timers;
  private final SessionOpener opener;
  private final SessionCalls calls;
  private final BlobLink blobs;
  private final Recovery recovery;
  private final Duration patience;
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  // Guarded by this.
  private final Set<PoolLink> pools = new LinkedHashSet<>();
  private final Set<String> orphans = new LinkedHashSet<>();
  private Future<?> keepAlive;

  private volatile OpenSessionResponse session;
  private volatile boolean closed;

  private SessionLink(
      Channels channels, String clientName, Duration patience, Surroundings surroundings) {
    this.channels = channels;
    this.surroundings = surroundings;
    this.timers = new LinkTimers(surroundings);
    this.opener = new SessionOpener(channels, timers, surroundings.random(), clientName);
    this.calls = new SessionCalls(channels);
    this.blobs = new BlobLink(channels, patience, () -> closed);
    this.patience = patience;
    this.recovery = new Recovery(this, patience, timers, surroundings);
  }

  /**
   * Opens a session; fails with {@link UnreachableException} if no coordinator answers in time, or
   * it refuses.
   *
   * @param channels to be closed by the caller after the session
   * @param clientName for people
   * @param connectTimeout how long to look for a coordinator
   * @param patience how long to look for one again when it is lost, before giving up
   * @param surroundings time and chance; the timer is to be closed by the caller after the session
   */
  public static CompletionStage<SessionLink> openAsync(
      Channels channels,
      String clientName,
      Duration connectTimeout,
      Duration patience,
      Surroundings surroundings) {
    SessionLink link = new SessionLink(channels, clientName, patience, surroundings);
    return link.opener.open(connectTimeout).thenApply(link::opened);
  }

  private synchronized SessionLink opened(OpenSessionResponse session) {
    this.session = session;
    Duration third = Durations.of(session.getGrace()).dividedBy(3);
    Duration interval = third.compareTo(SHORTEST_KEEP_ALIVE) < 0 ? SHORTEST_KEEP_ALIVE : third;
    long deadline = Math.min(interval.toNanos(), SessionCalls.USUAL_NANOS);
    keepAlive = timers.every(interval, () -> keepAlive(deadline));
    return this;
  }

  private void keepAlive(long deadlineNanos) {
    calls
        .keepAlive(session.getSessionId(), deadlineNanos)
        .whenComplete(
            (heard, unheard) -> {
              if (unheard != null) {
                broken(Replies.text(unheard));
              }
            });
  }

  /**
   * Something of the session broke: it is looked after.
   *
   * @param reason for people
   */
  void broken(String reason) {
    if (!closed) {
      recovery.start(reason);
    }
  }

  /** Something was achieved. */
  void progress() {
    recovery.progress();
  }

  /** Why nothing comes from the coordinator now, for a person; empty while all is well. */
  public Optional<String> outage() {
    return recovery.explanation();
  }

  /**
   * Creates a pool; while the session is being mended that waits for it, within bounds. Fails with
   * a {@link io.grpc.StatusRuntimeException} if the coordinator refuses it, and with what the
   * shipping of its code failed with.
   */
  public CompletionStage<PoolLink> createPoolAsync(
      PoolSpec spec, CodeShipper code, PoolListener listener) {
    String id = surroundings.ids().get();
    return new PoolCreation(this, new PoolLink(this, id, spec, code, listener)).begin();
  }

  /** A pool was created in a session. */
  void add(PoolLink pool, OpenSessionResponse home) {
    pool.home().opened(home);
    synchronized (this) {
      pools.add(pool);
    }
    if (closed) {
      pool.fail(CLOSED);
    } else if (pool.hasEnded()) {
      remove(pool); // It ended before it was in the list.
    } else if (!pool.whole(session)) {
      broken("a new pool was not mended with the others");
    }
  }

  /** What the cluster is doing. */
  public CompletionStage<GetStatusResponse> status() {
    return calls.status();
  }

  /** The blobs of the cluster. */
  public BlobLink blobs() {
    return blobs;
  }

  /** The connections. */
  public Channels channels() {
    return channels;
  }

  /** Arguments above this many bytes go as blobs. */
  public int maxInlineBytes() {
    return session.getMaxInlineBytes() == 0 ? 1 << 20 : session.getMaxInlineBytes();
  }

  LinkTimers timers() {
    return timers;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  synchronized List<PoolLink> pools() {
    return List.copyOf(pools);
  }

  synchronized void remove(PoolLink pool) {
    pools.remove(pool);
  }

  Duration patience() {
    return patience;
  }

  boolean closed() {
    return closed;
  }

  OpenSessionResponse session() {
    return session;
  }

  SessionCalls calls() {
    return calls;
  }

  SessionOpener opener() {
    return opener;
  }

  /**
   * The session goes on as another one.
   *
   * @return false if nobody wants it any more: then it was ended at once
   */
  boolean reopened(OpenSessionResponse session) {
    this.session = session;
    if (closed) {
      endSession();
    }
    return !closed;
  }

  /** A pool has ended for this program, but the coordinator did not hear of it. */
  synchronized void dismissLater(String pool) {
    if (!closed) {
      orphans.add(pool);
    }
    broken("the end of a pool could not be told");
  }

  /** The coordinator is there: it is told of the ends of pools it did not hear of. */
  void dismissOrphans() {
    List<String> pools;
    synchronized (this) {
      pools = List.copyOf(orphans);
      orphans.clear();
    }
    for (String pool : pools) {
      calls
          .dismissPool(pool)
          .whenComplete(
              (heard, unheard) -> {
                if (unheard != null && Replies.unanswered(unheard)) {
                  dismissLater(pool);
                }
              });
    }
  }

  /** Ends the session and its pools, also when nobody answers. Idempotent. */
  public CompletionStage<Void> close() {
    if (markClosed()) {
      endSession()
          .whenComplete(
              (told, never) -> {
                failPools();
                end.complete(null);
              });
    }
    return end;
  }

  /**
   * Ends the session because the JVM exits. Whoever waits for a result or a pool waits on and ends
   * with the JVM: a program that is being stopped must not go on as if its work were done. A wait
   * in a shutdown hook, which the JVM itself waits for, ends after {@link #EXIT_PATIENCE}.
   */
  public CompletionStage<Void> exit() {
    if (markClosed()) {
      pools().forEach(PoolLink::freeze);
      timers.after(EXIT_PATIENCE, this::failPools);
      endSession().whenComplete((told, never) -> end.complete(null));
    }
    return end;
  }

  private synchronized boolean markClosed() {
    boolean first = !closed;
    closed = true;
    if (first) {
      keepAlive.cancel(false);
    }
    return first;
  }

  /** Completes when the coordinator was told, or could not be: then the session ends by itself. */
  private CompletionStage<Void> endSession() {
    return calls.closeSession(session.getSessionId()).handle((ended, unheard) -> null);
  }

  private void failPools() {
    pools().forEach(pool -> pool.fail(CLOSED));
  }

  private static final String CLOSED = "the cluster was closed";
}
