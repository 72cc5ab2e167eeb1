package dev.farpool.worker.grpc;

import dev.farpool.common.Backoff;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.WorkerServiceGrpc;
import dev.farpool.worker.core.Command;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream to the coordinator, opened again with backoff whenever it breaks.
 *
 * <p>It decides nothing: what comes in goes to the mailbox as commands, and the next message is
 * asked for only when the last was dealt with. {@link #send} and {@link #leave} belong to the
 * worker's loop, the rest is thread-safe.
 */
public final class AttachLink implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AttachLink.class);
  private static final long HEALTHY_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Channel channel;
  private final ScheduledExecutorService timer;
  private final Consumer<Command> mailbox;
  private final LinkListener listener;
  private final Backoff backoff =
      new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10), ThreadLocalRandom.current());
  private volatile Stream stream;
  private volatile ScheduledFuture<?> next;
  private volatile boolean closed;

  /**
   * @param channel the control channel
   * @param timer for the pauses between two tries
   */
  public AttachLink(
      Channel channel,
      ScheduledExecutorService timer,
      Consumer<Command> mailbox,
      LinkListener listener) {
    this.channel = channel;
    this.timer = timer;
    this.mailbox = mailbox;
    this.listener = listener;
  }

  /** Opens the stream. */
  public void open() {
    if (!closed) {
      Stream opened = new Stream();
      stream = opened;
      WorkerServiceGrpc.newStub(channel).attach(opened);
      mailbox.accept((agent, now) -> agent.opened(now));
    }
  }

  /**
   * Sends a message.
   *
   * @return whether the stream takes another one now
   */
  public boolean send(AttachRequest message) {
    return stream.send(message);
  }

  /** Ends the stream in good order, for good. */
  public void leave() {
    closed = true;
    stream.complete();
  }

  private void ended(Stream which, Status status) {
    mailbox.accept((agent, now) -> agent.closed());
    if (closed) {
      listener.left();
      return;
    }
    boolean hopeless =
        status.getCode() == Status.Code.INVALID_ARGUMENT
            || status.getCode() == Status.Code.FAILED_PRECONDITION;
    String reason = Reasons.of(status);
    if (hopeless) {
      listener.refused(reason);
      return;
    }
    if (which.hasHeld()) {
      backoff.reset();
    }
    Duration pause = backoff.next();
    listener.lost(reason);
    log.info("event=reconnect pause_ms={} reason=\"{}\"", pause.toMillis(), reason);
    next = timer.schedule(this::open, pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    closed = true;
    ScheduledFuture<?> retry = next;
    if (retry != null) {
      retry.cancel(false);
    }
    Stream last = stream;
    if (last != null) {
      last.cancel();
    }
  }

  private final class Stream implements ClientResponseObserver<AttachRequest, AttachResponse> {
    private final long openedNanos = System.nanoTime();
    private ClientCallStreamObserver<AttachRequest> requests;

    @Override
    public void beforeStart(ClientCallStreamObserver<AttachRequest> observer) {
      requests = observer;
      observer.disableAutoRequestWithInitial(1);
      observer.setOnReadyHandler(() -> mailbox.accept((agent, now) -> agent.writable()));
    }

    boolean send(AttachRequest message) {
      requests.onNext(message);
      return requests.isReady();
    }

    void complete() {
      requests.onCompleted();
    }

    void cancel() {
      requests.cancel("the worker is closing", null);
    }

    boolean hasHeld() {
      return System.nanoTime() - openedNanos > HEALTHY_NANOS;
    }

    @Override
    public void onNext(AttachResponse message) {
      if (message.hasRegistered()) {
        listener.attached();
      }
      mailbox.accept(
          (agent, now) -> {
            agent.received(message, now);
            requests.request(1);
          });
    }

    @Override
    public void onError(Throwable broken) {
      ended(this, Status.fromThrowable(broken));
    }

    @Override
    public void onCompleted() {
      ended(this, Status.UNAVAILABLE.withDescription("the coordinator ended the stream"));
    }
  }
}
