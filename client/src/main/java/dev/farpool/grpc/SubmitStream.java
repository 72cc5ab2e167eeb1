package dev.farpool.grpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.farpool.common.Durations;
import dev.farpool.common.SerialLoop;
import dev.farpool.core.Batch;
import dev.farpool.core.Outcome;
import dev.farpool.core.PoolFunction;
import dev.farpool.core.Submissions;
import dev.farpool.core.TaskSink;
import dev.farpool.v1.ClosePoolRequest;
import dev.farpool.v1.JavaCalls;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.Rejection;
import dev.farpool.v1.SubmitRequest;
import dev.farpool.v1.SubmitResponse;
import dev.farpool.v1.TaskBatch;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

  // Below: touched in the loop only.
  private Call call;
  private boolean closing;
  private boolean closeSent;
  private boolean paused;
  private volatile boolean broken;

  SubmitStream(PoolLink pool, SessionLink session, Submissions submissions, Object lock) {
    this.pool = pool;
    this.session = session;
    this.submissions = submissions;
    this.lock = lock;
    this.loop =
        new SerialLoop<>(messages -> messages.forEach(Runnable::run), session.threads().overflow());
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
      session.threads().after(GATHER, this::gathered);
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

  /** Sends again, from what the coordinator has not acknowledged. */
  void resume() {
    loop.post(
        () -> {
          if (broken || paused) {
            broken = false;
            paused = false;
            begin();
          }
        });
  }

  /** Nothing is sent until {@link #resume}. */
  void stopUntilResumed() {
    loop.post(
        () -> {
          drop();
          paused = true;
        });
  }

  void stop() {
    loop.post(
        () -> {
          drop();
          broken = false;
          paused = true;
        });
  }

  private void drop() {
    if (call != null) {
      call.requests.cancel("no longer needed", null);
      call = null;
    }
  }

  private void begin() {
    drop();
    closeSent = false;
    synchronized (lock) {
      submissions.resend();
    }
    pump();
  }

  private void pump() {
    woken.set(false);
    if (broken || paused) {
      return;
    }
    for (List<Batch> next = take(); next != null; next = take()) {
      call.requests.onNext(request(call, next));
    }
    if (closing && !closeSent && drained()) {
      sendClose();
    }
  }

  private List<Batch> take() {
    if (call == null && !open()) {
      return null;
    }
    synchronized (lock) {
      List<Batch> next = call.requests.isReady() ? submissions.take() : null;
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

  private SubmitRequest request(Call call, List<Batch> batches) {
    SubmitRequest.Builder request = SubmitRequest.newBuilder().setPoolId(pool.id());
    for (Batch batch : batches) {
      PoolFunction function = batch.function();
      if (!function.known() && call.defined.add(function)) {
        request.addFunctions(function.definition());
      }
      request.addBatches(message(batch));
    }
    return request.build();
  }

  private static TaskBatch message(Batch batch) {
    JavaCalls.Builder calls =
        JavaCalls.newBuilder().setFunction(batch.function().definition().getNumber());
    if (batch.argumentBlob() != null) {
      calls.setArgumentBlob(batch.argumentBlob());
    } else {
      for (int i = 0; i < batch.count(); i++) {
        calls.addSizes(batch.size(i));
      }
      calls.setArguments(UnsafeByteOperations.unsafeWrap(batch.arguments(), 0, batch.length()));
    }
    return TaskBatch.newBuilder()
        .setFirstIndex(batch.firstIndex())
        .setOptions(batch.options())
        .setJava(calls)
        .build();
  }

  private void sendClose() {
    closeSent = true;
    if (call != null) {
      call.requests.onCompleted();
      call = null;
    }
    PoolServiceGrpc.newStub(session.channels().control())
        .withDeadlineAfter(SessionLink.UNARY_SECONDS, TimeUnit.SECONDS)
        .closePool(
            ClosePoolRequest.newBuilder().setPoolId(pool.id()).build(),
            Replies.on(done -> {}, status -> loop.post(this::breakDown)));
  }

  private void breakDown() {
    if (!paused && !broken && !pool.hasEnded()) {
      broken = true;
      drop();
      session.broken();
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
    synchronized (lock) {
      submissions.acknowledge();
      lock.notifyAll();
    }
    pump();
  }

  private void rejected(Rejection rejection) {
    switch (rejection.getReason()) {
      case REASON_INVALID, REASON_INFEASIBLE -> refuse(rejection);
      case REASON_OVERLOADED -> pause(rejection);
      case REASON_NOT_RUNNING -> stop(); // The stream of results tells why, and ends all tasks.
      default -> breakDown();
    }
  }

  private void refuse(Rejection rejection) {
    List<TaskSink> refused;
    synchronized (lock) {
      refused = submissions.reject();
      lock.notifyAll();
    }
    String field = rejection.getField().isEmpty() ? "" : rejection.getField() + ": ";
    Outcome outcome =
        new Outcome.Refused(new IllegalArgumentException(field + rejection.getMessage()));
    refused.forEach(sink -> sink.accept(outcome));
    begin();
  }

  private void pause(Rejection rejection) {
    drop();
    paused = true;
    Duration wait =
        rejection.hasRetryAfter() ? Durations.of(rejection.getRetryAfter()) : OVERLOAD_PAUSE;
    session.threads().after(wait, this::resume);
  }

  /** One call; answers of an older one no longer count. */
  private final class Call implements ClientResponseObserver<SubmitRequest, SubmitResponse> {
    private final Set<PoolFunction> defined = new HashSet<>();
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
      ended();
    }

    @Override
    public void onCompleted() {
      ended();
    }

    private void ended() {
      loop.post(
          () -> {
            if (this == call) {
              call = null;
              breakDown();
            }
          });
    }
  }
}
