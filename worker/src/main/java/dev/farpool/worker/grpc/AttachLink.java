package dev.farpool.worker.grpc;

import dev.farpool.common.Backoff;
import dev.farpool.common.CallStatus;
import dev.farpool.common.Surroundings;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.WorkerServiceGrpc;
import dev.farpool.worker.core.Command;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream to the coordinator, opened again with backoff whenever it breaks.
 *
 * <p>It decides nothing: what comes in goes to the mailbox as commands, and the next message is
 * asked for only when the last was dealt with. Of a stream that has ended nothing more is told.
 * {@link #send}, {@link #abandon} and {@link #leave} belong to the worker's loop, the rest is
 * thread-safe.
 */
public final class AttachLink implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AttachLink.class);

  /** Far below a lease, so that a coordinator that comes back finds what the worker still runs. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private static final long HEALTHY_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LEAVING_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Channel channel;
  private final Surroundings surroundings;
  private final Consumer<Command> mailbox;
  private final LinkListener listener;
  private final Backoff backoff;

  /** Held while a stream is opened, so that nobody ends one that is only half open. */
  private final Object opening = new Object();

  private volatile Stream stream;

  /** The last stream that the agent was told of; only the worker's loop touches it. */
  private Stream known;

  private volatile ScheduledFuture<?> next;
  private volatile boolean closed;

  /**
   * @param channel the control channel
   * @param surroundings for the pauses between two tries
   * @param mailbox the loop of the worker's agent
   */
  public AttachLink(
      Channel channel,
      Surroundings surroundings,
      Consumer<Command> mailbox,
      LinkListener listener) {
    this.channel = channel;
    this.surroundings = surroundings;
    this.mailbox = mailbox;
    this.listener = listener;
    this.backoff = new Backoff(Duration.ofMillis(200), LONGEST_PAUSE, surroundings.random());
  }

  /** Opens the stream. */
  public void open() {
    Stream opened = new Stream();
    synchronized (opening) {
      if (closed) {
        return;
      }
      stream = opened;
      WorkerServiceGrpc.newStub(channel).attach(opened);
    }
    opened.tell(
        (agent, now) -> {
          known = opened;
          agent.opened(now);
        });
  }

  /**
   * Sends a message, on the stream that the agent knows: there may be another one by now.
   *
   * @return whether the stream takes another one now
   */
  public boolean send(AttachRequest message) {
    return known.send(message);
  }

  /** Breaks the stream; another one is opened. */
  public void abandon(String reason) {
    synchronized (opening) {
      known.cancel(reason);
    }
  }

  /**
   * Ends the stream in good order, for good. The listener hears of it when the coordinator has
   * ended its side, as what is closed before may never be heard; or after a moment.
   */
  public void leave() {
    closed = true;
    known.complete();
    next = surroundings.timer().schedule(listener::left, LEAVING_NANOS, TimeUnit.NANOSECONDS);
  }

  private void ended(Stream which, Status status) {
    which.over = true;
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
    next = surroundings.timer().schedule(this::open, pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    closed = true;
    ScheduledFuture<?> retry = next;
    if (retry != null) {
      retry.cancel(false);
    }
    synchronized (opening) {
      if (stream != null) {
        stream.cancel("the worker is closing");
      }
    }
  }

  private final class Stream implements ClientResponseObserver<AttachRequest, AttachResponse> {
    private final long openedNanos = surroundings.nanoTime().getAsLong();
    private ClientCallStreamObserver<AttachRequest> requests;
    private volatile boolean over;

    /** Only the transport's calls touch it, and they come one after the other. */
    private boolean introduced;

    @Override
    public void beforeStart(ClientCallStreamObserver<AttachRequest> observer) {
      requests = observer;
      observer.disableAutoRequestWithInitial(1);
      observer.setOnReadyHandler(() -> tell((agent, now) -> agent.writable()));
    }

    /** Tells the agent, unless the stream is over by then: its end may come before its begin. */
    void tell(Command command) {
      mailbox.accept(
          (agent, now) -> {
            if (!over) {
              command.apply(agent, now);
            }
          });
    }

    boolean send(AttachRequest message) {
      requests.onNext(message);
      return requests.isReady();
    }

    void complete() {
      requests.onCompleted();
    }

    void cancel(String reason) {
      requests.cancel(reason, null);
    }

    boolean hasHeld() {
      return surroundings.nanoTime().getAsLong() - openedNanos > HEALTHY_NANOS;
    }

    @Override
    public void onNext(AttachResponse message) {
      try {
        CoordinatorCheck.check(message, !introduced);
      } catch (IllegalArgumentException invalid) {
        cancel("the coordinator sent what cannot be: " + invalid.getMessage());
        return;
      }
      if (!introduced) {
        introduced = true;
        listener.attached();
      }
      tell(
          (agent, now) -> {
            agent.received(message, now);
            requests.request(1);
          });
    }

    @Override
    public void onError(Throwable broken) {
      ended(this, CallStatus.of(broken));
    }

    @Override
    public void onCompleted() {
      ended(this, Status.UNAVAILABLE.withDescription("the coordinator ended the stream"));
    }
  }
}
