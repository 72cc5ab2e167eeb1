package dev.farpool.grpc;

import dev.farpool.common.Durations;
import dev.farpool.v1.CloseSessionRequest;
import dev.farpool.v1.ClusterServiceGrpc;
import dev.farpool.v1.GetStatusRequest;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.KeepAliveRequest;
import dev.farpool.v1.OpenSessionResponse;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.PoolSpec;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A session with a coordinator, and the pools in it. Thread-safe. */
public final class SessionLink implements AutoCloseable {
  static final int UNARY_SECONDS = 30;
  private static final int CLOSE_SECONDS = 5;
  private static final Duration EXIT_PATIENCE = Duration.ofSeconds(10);
  private static final int RETRY_MILLIS = 100;

  private final Channels channels;
  private final SessionOpener opener;
  private final LinkThreads threads = new LinkThreads();
  private final BlobLink blobs;
  private final Set<PoolLink> pools = ConcurrentHashMap.newKeySet();
  private final Recovery recovery;
  private volatile OpenSessionResponse session;
  private volatile boolean closed;

  private SessionLink(Channels channels, SessionOpener opener, Duration patience) {
    this.channels = channels;
    this.opener = opener;
    this.blobs = new BlobLink(channels);
    this.recovery = new Recovery(this, patience);
  }

  /**
   * Opens a session.
   *
   * @param channels are closed with the session, also when it cannot be opened
   * @param connectTimeout how long to look for a coordinator
   * @param patience how long to look for one again when it is lost, before giving up
   * @throws UnreachableException if none answers in time, or it refuses
   * @throws InterruptedException if the thread is interrupted
   */
  public static SessionLink open(
      Channels channels, String clientName, Duration connectTimeout, Duration patience)
      throws UnreachableException, InterruptedException {
    SessionOpener opener = new SessionOpener(channels, clientName);
    SessionLink link = new SessionLink(channels, opener, patience);
    boolean open = false;
    try {
      link.session = opener.open(connectTimeout);
      open = true;
    } finally {
      if (!open) {
        link.threads.close();
        channels.close();
      }
    }
    link.threads.every(link.keepAliveInterval(), link::keepAlive);
    return link;
  }

  private Duration keepAliveInterval() {
    Duration third = Durations.of(session.getGrace()).dividedBy(3);
    return third.compareTo(Duration.ofMillis(100)) < 0 ? Duration.ofMillis(100) : third;
  }

  private void keepAlive() {
    PoolServiceGrpc.newStub(channels.control())
        .withDeadlineAfter(UNARY_SECONDS, TimeUnit.SECONDS)
        .keepAlive(
            KeepAliveRequest.newBuilder().setSessionId(session.getSessionId()).build(),
            Replies.on(heard -> {}, status -> broken()));
  }

  /** Something of the session broke: it is looked after on another thread. */
  void broken() {
    if (!closed) {
      recovery.start();
    }
  }

  /**
   * Creates a pool. While the session is being mended this waits for it, within bounds.
   *
   * @throws StatusRuntimeException if the coordinator refuses it
   * @throws IOException if its code cannot be shipped
   * @throws InterruptedException if the thread is interrupted
   */
  public PoolLink createPool(PoolSpec spec, CodeShipper code, PoolListener listener)
      throws IOException, InterruptedException {
    PoolLink pool = new PoolLink(this, spec, code, listener);
    String id = UUID.randomUUID().toString();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(UNARY_SECONDS);
    for (boolean created = false; !created; ) {
      try {
        pool.create(session.getSessionId(), id);
        created = true;
      } catch (StatusRuntimeException refused) {
        mendForAnotherTry(refused, code, deadline);
      }
    }
    pools.add(pool);
    if (closed) {
      pool.fail("the cluster was closed");
    } else if (pool.broken()) {
      broken(); // Before it was in the list of those that are looked after.
    }
    return pool;
  }

  private void mendForAnotherTry(StatusRuntimeException refused, CodeShipper code, long deadline)
      throws IOException, InterruptedException {
    if (closed || System.nanoTime() > deadline) {
      throw refused;
    }
    switch (refused.getStatus().getCode()) {
      case UNAVAILABLE, NOT_FOUND -> broken();
      case FAILED_PRECONDITION -> code.ship(blobs, channels);
      default -> throw refused;
    }
    Thread.sleep(RETRY_MILLIS);
  }

  /** What the cluster is doing. */
  public GetStatusResponse status() {
    return ClusterServiceGrpc.newBlockingStub(channels.control())
        .withDeadlineAfter(UNARY_SECONDS, TimeUnit.SECONDS)
        .getStatus(GetStatusRequest.getDefaultInstance());
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

  LinkThreads threads() {
    return threads;
  }

  List<PoolLink> pools() {
    return List.copyOf(pools);
  }

  void remove(PoolLink pool) {
    pools.remove(pool);
  }

  boolean closed() {
    return closed;
  }

  OpenSessionResponse session() {
    return session;
  }

  SessionOpener opener() {
    return opener;
  }

  void reopened(OpenSessionResponse session) {
    this.session = session;
  }

  /** Ends the session and its pools, bounded in time, also when nobody answers. Idempotent. */
  @Override
  public void close() {
    if (markClosed()) {
      threads.endRecovery();
      endSession();
      failPools();
      threads.close();
      channels.close();
    }
  }

  /**
   * Ends the session because the JVM exits. Whoever waits for a result or a pool waits on and ends
   * with the JVM: a program that is being stopped must not go on as if its work were done. A wait
   * in a shutdown hook, which the JVM itself waits for, ends after {@link #EXIT_PATIENCE}.
   */
  public void exit() {
    if (markClosed()) {
      threads.endRecovery();
      pools().forEach(PoolLink::freeze);
      endSession();
      threads.after(EXIT_PATIENCE, this::failPools);
      channels.close();
    }
  }

  private synchronized boolean markClosed() {
    boolean first = !closed;
    closed = true;
    return first;
  }

  private void endSession() {
    try {
      PoolServiceGrpc.newBlockingStub(channels.control())
          .withDeadlineAfter(CLOSE_SECONDS, TimeUnit.SECONDS)
          .closeSession(
              CloseSessionRequest.newBuilder().setSessionId(session.getSessionId()).build());
    } catch (StatusRuntimeException unheard) {
      // Nobody is there to be told: the session ends by its grace.
      System.getLogger(SessionLink.class.getName())
          .log(System.Logger.Level.DEBUG, "could not close the session: {0}", unheard.getMessage());
    }
  }

  private void failPools() {
    pools().forEach(pool -> pool.fail("the cluster was closed"));
  }
}
