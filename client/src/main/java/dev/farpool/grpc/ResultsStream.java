package dev.farpool.grpc;

import dev.farpool.core.AcknowledgementPolicy;
import dev.farpool.core.Outcome;
import dev.farpool.core.Submissions;
import dev.farpool.core.TaskSink;
import dev.farpool.v1.AcknowledgeResultsRequest;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.ResultBlock;
import dev.farpool.v1.ResultsRequest;
import dev.farpool.v1.ResultsResponse;
import dev.farpool.v1.TaskResult;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Follows a pool. The next message is asked for when the last was dealt with, so one message is
 * handled at a time and a slow reader of output slows the coordinator, not the heap.
 */
final class ResultsStream {
  private static final Duration ACKNOWLEDGE_AFTER = Duration.ofMillis(200);

  /** What a method without a result gives: not worth an object for each task. */
  private static final Outcome NOTHING = new Outcome.Encoded(new byte[1]);

  private final PoolLink pool;
  private final SessionLink session;
  private final Submissions submissions;
  private final Object lock;
  private final PoolListener listener;
  private final AcknowledgementPolicy acknowledgements = new AcknowledgementPolicy();
  private final AtomicBoolean timerSet = new AtomicBoolean();
  private volatile Call call;
  private volatile boolean broken;

  ResultsStream(
      PoolLink pool,
      SessionLink session,
      Submissions submissions,
      Object lock,
      PoolListener listener) {
    this.pool = pool;
    this.session = session;
    this.submissions = submissions;
    this.lock = lock;
    this.listener = listener;
  }

  void open() {
    long cursor;
    synchronized (lock) {
      cursor = acknowledgements.cursor();
    }
    broken = false;
    Call next = new Call();
    call = next;
    PoolServiceGrpc.newStub(session.channels().control())
        .results(ResultsRequest.newBuilder().setPoolId(pool.id()).setCursor(cursor).build(), next);
  }

  boolean broken() {
    return broken;
  }

  void stop() {
    Call last = call;
    call = null;
    broken = false;
    if (last != null) {
      last.requests.cancel("no longer needed", null);
    }
  }

  void restart() {
    stop();
    synchronized (lock) {
      acknowledgements.restart();
    }
  }

  private void received(Call from, ResultsResponse response) {
    if (from != call) {
      return;
    }
    if (response.getOutputCount() == 0) {
      deliver(from, response);
    } else {
      listener
          .outputThread()
          .execute(
              () -> {
                listener.printed(response.getOutputList());
                deliver(from, response);
              });
    }
  }

  private void deliver(Call from, ResultsResponse response) {
    if (from != call) {
      return;
    }
    if (response.getStartedCount() > 0) {
      listener.started(response.getStartedList());
    }
    int results = response.getResultsCount();
    for (ResultBlock block : response.getBlocksList()) {
      deliver(block);
      results += block.getIndexesCount();
    }
    for (TaskResult result : response.getResultsList()) {
      deliver(result);
    }
    dealtWith(response, results);
    if (response.hasEnded()) {
      pool.end(response.getEnded());
    } else {
      from.requests.request(1);
    }
  }

  private void deliver(ResultBlock block) {
    int count = block.getIndexesCount();
    TaskSink[] sinks = new TaskSink[count];
    synchronized (lock) {
      for (int i = 0; i < count; i++) {
        sinks[i] = submissions.unfinished().take(block.getIndexes(i));
      }
    }
    int at = 0;
    for (int i = 0; i < count; i++) {
      int size = block.getSizes(i);
      if (sinks[i] != null) {
        sinks[i].accept(encoded(block, at, size));
      }
      at += size;
    }
  }

  private static Outcome encoded(ResultBlock block, int at, int size) {
    return size == 1 && block.getValues().byteAt(at) == 0
        ? NOTHING
        : new Outcome.Encoded(block.getValues().substring(at, at + size).toByteArray());
  }

  private void deliver(TaskResult result) {
    TaskSink sink;
    synchronized (lock) {
      sink = submissions.unfinished().take(result.getIndex());
    }
    if (sink != null) {
      sink.accept(outcome(result));
    }
  }

  private static Outcome outcome(TaskResult result) {
    return switch (result.getOutcomeCase()) {
      case ENCODED -> new Outcome.Encoded(result.getEncoded().toByteArray());
      case BLOB -> new Outcome.Blob(result.getBlob());
      case EXIT -> new Outcome.Exited(result.getExit());
      case FAILURE -> new Outcome.Failed(result.getFailure());
      case VALUE, OUTCOME_NOT_SET ->
          new Outcome.Refused(
              new IllegalStateException(
                  "the outcome of task " + result.getIndex() + " is of a kind unknown here"));
    };
  }

  private void dealtWith(ResultsResponse response, int results) {
    boolean due;
    boolean wake;
    synchronized (lock) {
      acknowledgements.dealtWith(response.getCursor(), results, response.getSerializedSize());
      due = acknowledgements.due();
      submissions.resultsCame();
      wake = submissions.ready();
    }
    if (wake) {
      pool.wake();
    }
    if (due || response.hasEnded()) {
      acknowledge();
    } else if (timerSet.compareAndSet(false, true)) {
      session.threads().after(ACKNOWLEDGE_AFTER, this::timeIsUp);
    }
  }

  private void timeIsUp() {
    timerSet.set(false);
    acknowledge();
  }

  private void acknowledge() {
    long cursor;
    synchronized (lock) {
      if (!acknowledgements.pending()) {
        return;
      }
      cursor = acknowledgements.acknowledge();
    }
    PoolServiceGrpc.newStub(session.channels().control())
        .withDeadlineAfter(SessionLink.UNARY_SECONDS, TimeUnit.SECONDS)
        .acknowledgeResults(
            AcknowledgeResultsRequest.newBuilder().setPoolId(pool.id()).setCursor(cursor).build(),
            Replies.ignored());
  }

  /** One call; what comes of an older one no longer counts. */
  private final class Call implements ClientResponseObserver<ResultsRequest, ResultsResponse> {
    private ClientCallStreamObserver<ResultsRequest> requests;

    @Override
    public void beforeStart(ClientCallStreamObserver<ResultsRequest> requests) {
      this.requests = requests;
      requests.disableAutoRequestWithInitial(1);
    }

    @Override
    public void onNext(ResultsResponse response) {
      received(this, response);
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
      if (this == call) {
        broken = true;
        session.broken();
      }
    }
  }
}
