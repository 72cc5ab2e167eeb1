package dev.farpool.grpc;

import dev.farpool.common.CallStatus;
import dev.farpool.common.Durations;
import dev.farpool.common.SerialLoop;
import dev.farpool.core.Outcome;
import dev.farpool.core.Request;
import dev.farpool.core.Submissions;
import dev.farpool.core.TaskSink;
import dev.farpool.v1.ClosePoolRequest;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.Rejection;
import dev.farpool.v1.ResumedPool;
import dev.farpool.v1.SubmitRequest;
import dev.farpool.v1.SubmitResponse;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends a pool's tasks. Everything that is done to the stream is done in one serial loop, by
 * whichever thread brought the news.
 */
final class SubmitStream {
  private static final Duration GATHER = Duration.ofMillis(1);
  private static final Duration OVERLOAD_PAUSE = Duration.ofMillis(100);

  private final PoolLink pool;
  private final SessionLink session;
  private final Submissions submissions;
  private final Object lock;
  private final SerialLoop<Runnable> loop;
  private final Runnable pump = this::pump;
  private final AtomicBoolean timerSet = new AtomicBoolean();
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile boolean broken;
  private volatile Rejection heldUp;

  // Below: touched in the loop only.
  private Call call;
  private boolean closing;
  private boolean closeSent;
  private int closes;
  private boolean paused;
  private boolean moving;
  private boolean stopped;

  SubmitStream(PoolLink pool, SessionLink session, Submissions submissions, Object lock) {
    this.pool = pool;
    this.session = session;
    this.submissions = submissions;
    this.lock = lock;
    this.loop =
        new SerialLoop<>(
            messages -> messages.forEach(Runnable::run), session.surroundings().timer());
  }

  /** There may be something to send. */
  void wake() {
    if (woken.compareAndSet(false, true)) {
      loop.post(pump);
    }
  }

  /** Tasks gather: they are sent soon, whatever happens. */
  void wakeLater() {
    if (!timerSet.get() && timerSet.compareAndSet(false, true)) {
      session.timers().after(GATHER, this::gathered);
    }
  }

  private void gathered() {
    timerSet.set(false);
    synchronized (lock) {
      if (submissions.gathers()) {
        submissions.flush();
      }
    }
    wake();
  }

  void closeWhenDrained() {
    loop.post(
        () -> {
          closing = true;
          synchronized (lock) {
            submissions.flush();
          }
          pump();
        });
  }

  boolean broken() {
    return broken;
  }

  /** Why the coordinator does not take tasks now; null while it does. */
  Rejection heldUp() {
    return heldUp;
  }

  /** Sends again, from what the coordinator has not acknowledged. */
  void resume() {
    loop.post(
        () -> {
          if ((broken || paused) && !moving) {
            begin();
          }
        });
  }

  /** The pool is at another coordinator: what is unfinished is sent there. */
  void moved() {
    loop.post(
        () -> {
          moving = false;
          begin();
        });
  }

  /** Nothing is sent until the pool has {@link #moved} to another coordinator. */
  CompletableFuture<ResumedPool> restart() {
    CompletableFuture<ResumedPool> resumed = new CompletableFuture<>();
    loop.post(
        () -> {
          drop();
          moving = true;
          broken = false;
          closeSent = false;
          ResumedPool pool;
          synchronized (lock) {
            pool = submissions.resume();
            lock.notifyAll();
          }
          resumed.complete(pool);
        });
    return resumed;
  }

  /** Nothing is sent any more. */
  void stop() {
    loop.post(
        () -> {
          stopped = true;
          broken = false;
          heldUp = null;
          drop();
        });
  }

  private void drop() {
    if (call != null) {
      Call last = call;
      call = null;
      last.requests.cancel("no longer needed", null);
    }
  }

  private void begin() {
    drop();
    broken = false;
    paused = false;
    closeSent = false;
    synchronized (lock) {
      submissions.resend();
    }
    pump();
  }

  private void pump() {
    woken.set(false);
    if (broken || paused || moving || stopped) {
      return;
    }
    for (Request next = take(); next != null; next = take()) {
      call.requests.onNext(Requests.message(pool.id(), next));
    }
    if (closing && !closeSent && drained()) {
      sendClose();
    }
  }

  private Request take() {
    if (call == null && !open()) {
      return null;
    }
    synchronized (lock) {
      Request next = call.requests.isReady() ? submissions.take() : null;
      if (next == null && submissions.gathers()) {
        wakeLater();
      }
      return next;
    }
  }

  /**
   * Opens a stream if there is something to send. Not under the lock: the call may be served here.
   */
  private boolean open() {
    synchronized (lock) {
      if (!submissions.ready()) {
        return false;
      }
    }
    call = new Call();
    PoolServiceGrpc.newStub(session.channels().control()).submit(call);
    return true;
  }

  private boolean drained() {
    synchronized (lock) {
      return submissions.drained();
    }
  }

  private void sendClose() {
    closeSent = true;
    int number = ++closes;
    if (call != null) {
      call.requests.onCompleted();
      call = null;
    }
    PoolServiceGrpc.newStub(session.channels().control())
        .withDeadlineAfter(SessionCalls.USUAL_NANOS, TimeUnit.NANOSECONDS)
        .closePool(
            ClosePoolRequest.newBuilder().setPoolId(pool.id()).build(),
            Replies.on(done -> {}, status -> loop.post(() -> notClosed(number, status))));
  }

  private void notClosed(int number, Status status) {
    if (closeSent && number == closes) { // Else it was said again since, perhaps elsewhere.
      breakDown(status);
    }
  }

  private void breakDown(Status status) {
    if (!stopped && !paused && !moving && !broken && !pool.hasEnded()) {
      broken = true;
      drop();
      pool.broke(status);
    }
  }

  private void answered(Call from, SubmitResponse response) {
    if (from != call) {
      return;
    }
    if (response.hasRejected()) {
      rejected(response.getRejected());
      return;
    }
    heldUp = null;
    pool.accepted();
    pump();
  }

  private void rejected(Rejection rejection) {
    switch (rejection.getReason()) {
      case REASON_OVERLOADED -> pause(rejection);
      case REASON_NOT_RUNNING -> stop(); // The stream of results tells why, and ends all tasks.
      case REASON_NOT_FOUND -> breakDown(Status.NOT_FOUND.withDescription(rejection.getMessage()));
      default -> {
        // Also reasons of a newer coordinator: the text tells, and `retry_after` whether to repeat.
        if (rejection.hasRetryAfter() || !rejectable()) {
          pause(rejection);
        } else {
          refuse(rejection);
        }
      }
    }
  }

  private boolean rejectable() {
    synchronized (lock) {
      return submissions.rejectable();
    }
  }

  private void refuse(Rejection rejection) {
    List<TaskSink> refused;
    synchronized (lock) {
      refused = submissions.reject();
      lock.notifyAll();
    }
    Outcome outcome = new Outcome.Refused(new IllegalArgumentException(Requests.text(rejection)));
    refused.forEach(sink -> sink.accept(outcome));
    begin();
  }

  private void pause(Rejection rejection) {
    drop();
    paused = true;
    heldUp = rejection;
    Duration wait =
        rejection.hasRetryAfter() ? Durations.of(rejection.getRetryAfter()) : OVERLOAD_PAUSE;
    session.timers().after(wait, this::resume);
  }

  /** One call; answers of an older one no longer count. */
  private final class Call implements ClientResponseObserver<SubmitRequest, SubmitResponse> {
    private ClientCallStreamObserver<SubmitRequest> requests;

    @Override
    public void beforeStart(ClientCallStreamObserver<SubmitRequest> requests) {
      this.requests = requests;
      requests.setOnReadyHandler(SubmitStream.this::wake);
    }

    @Override
    public void onNext(SubmitResponse response) {
      loop.post(() -> answered(this, response));
    }

    @Override
    public void onError(Throwable thrown) {
      ended(CallStatus.of(thrown));
    }

    @Override
    public void onCompleted() {
      ended(Status.UNAVAILABLE.withDescription("the stream of tasks broke off"));
    }

    private void ended(Status status) {
      loop.post(
          () -> {
            if (this == call) {
              call = null;
              breakDown(status);
            }
          });
    }
  }
}
