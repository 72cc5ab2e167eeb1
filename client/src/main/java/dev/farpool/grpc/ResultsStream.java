package dev.farpool.grpc;

import dev.farpool.common.CallStatus;
import dev.farpool.common.SerialLoop;
import dev.farpool.core.AcknowledgementPolicy;
import dev.farpool.core.Outcome;
import dev.farpool.core.Submissions;
import dev.farpool.core.TaskSink;
import dev.farpool.v1.Failure;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.ResultBlock;
import dev.farpool.v1.ResultsRequest;
import dev.farpool.v1.ResultsResponse;
import dev.farpool.v1.TaskNote;
import dev.farpool.v1.TaskResult;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Follows a pool. The next message is asked for when the last was dealt with, so one message is
 * handled at a time and a slow reader of output slows the coordinator, not the heap. Everything
 * that is done to the stream is done in one serial loop, by whichever thread brought the news.
 */
final class ResultsStream {
  private static final Outcome CANCELLED =
      new Outcome.Failed(
          Failure.newBuilder()
              .setKind(Failure.Kind.KIND_CANCELLED)
              .setMessage("the task was cancelled by its client")
              .build());
  private static final Duration ACKNOWLEDGE_AFTER = Duration.ofMillis(200);

  private final PoolLink pool;
  private final SessionLink session;
  private final Submissions submissions;
  private final Object lock;
  private final PoolListener listener;
  private final SerialLoop<Runnable> loop;
  private volatile boolean broken;
  private volatile int restarts;

  // Below: touched in the loop only.
  private final Set<Long> cancelled = new HashSet<>();
  private final AcknowledgementPolicy acknowledgements = new AcknowledgementPolicy();
  private Call call;
  private boolean stopped;
  private boolean timerSet;

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
    this.loop =
        new SerialLoop<>(
            messages -> messages.forEach(Runnable::run), session.surroundings().timer());
  }

  /** Follows the pool from where it was left, unless it is being followed. */
  void open() {
    loop.post(
        () -> {
          if (call == null && !stopped) {
            broken = false;
            call = new Call();
            PoolServiceGrpc.newStub(session.channels().control())
                .results(
                    ResultsRequest.newBuilder()
                        .setPoolId(pool.id())
                        .setCursor(acknowledgements.cursor())
                        .build(),
                    call);
          }
        });
  }

  boolean broken() {
    return broken;
  }

  /** Nothing is followed any more. */
  void stop() {
    loop.post(
        () -> {
          stopped = true;
          broken = false;
          drop();
        });
  }

  /** The next {@link #open} goes to another coordinator, whose count begins at 0. */
  void restart() {
    loop.post(
        () -> {
          drop();
          restarts++;
          endCancelled();
          acknowledgements.restart();
        });
  }

  private void drop() {
    if (call != null) {
      Call last = call;
      call = null;
      last.requests.cancel("no longer needed", null);
    }
  }

  private void received(Call from, ResultsResponse response) {
    if (from != call) {
      return;
    }
    if (response.getOutputCount() == 0) {
      deliver(from, response);
    } else {
      from.printing = true;
      listener
          .outputThread()
          .execute(
              () -> {
                try {
                  listener.printed(response.getOutputList());
                } finally {
                  loop.post(() -> printed(from, response)); // Whatever the reader throws.
                }
              });
    }
  }

  private void printed(Call from, ResultsResponse response) {
    deliver(from, response);
    from.printing = false;
    if (from.end != null) {
      ended(from, from.end);
    }
  }

  /**
   * Delivers also what a call brought that has been given up meanwhile: a result is one, whoever
   * told it. But only the present call's cursor counts.
   */
  private void deliver(Call from, ResultsResponse response) {
    if (response.getStartedCount() > 0) {
      listener.started(response.getStartedList());
    }
    response.getNotesList().forEach(this::tell);
    int results = response.getResultsCount();
    for (ResultBlock block : response.getBlocksList()) {
      deliver(block);
      results += block.getIndexesCount();
    }
    for (TaskResult result : response.getResultsList()) {
      deliver(result);
    }
    if (from == call) {
      dealtWith(response, results);
    }
  }

  private void tell(TaskNote note) {
    TaskSink sink;
    synchronized (lock) {
      sink = submissions.unfinished().sink(note.getIndex());
    }
    if (sink != null) {
      sink.noted(note.getData().toByteArray());
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
        sinks[i].accept(Outcomes.of(block, at, size));
      }
      at += size;
    }
  }

  private void deliver(TaskResult result) {
    cancelled.remove(result.getIndex());
    deliver(result.getIndex(), Outcomes.of(result));
  }

  private void deliver(long index, Outcome outcome) {
    TaskSink sink;
    synchronized (lock) {
      sink = submissions.unfinished().take(index);
    }
    if (sink != null) {
      sink.accept(outcome);
    }
  }

  /** How many coordinators were lost so far. */
  int restarts() {
    return restarts;
  }

  /**
   * A coordinator has told that tasks are cancelled. If it is lost before it sends their results,
   * it takes the cancel along, and the tasks would run again: then this is their outcome.
   *
   * @param restarted what {@link #restarts} was when it was asked
   */
  void cancelled(List<IndexRange> tasks, int restarted) {
    loop.post(
        () -> {
          for (IndexRange range : tasks) {
            long end = range.getFirst() + range.getCount();
            LongStream.range(range.getFirst(), end)
                .filter(this::isUnfinished)
                .forEach(cancelled::add);
          }
          if (restarted != restarts) {
            endCancelled();
          }
        });
  }

  private boolean isUnfinished(long index) {
    synchronized (lock) {
      return submissions.unfinished().contains(index);
    }
  }

  private void endCancelled() {
    cancelled.forEach(index -> deliver(index, CANCELLED));
    cancelled.clear();
  }

  private void dealtWith(ResultsResponse response, int results) {
    acknowledgements.dealtWith(response.getCursor(), results, response.getSerializedSize());
    if (pool.resultsCame()) {
      pool.wake();
    }
    if (acknowledgements.due() || response.hasEnded()) {
      acknowledge();
    } else {
      acknowledgeLater();
    }
    if (response.hasEnded()) {
      pool.end(response.getEnded());
    } else {
      call.requests.request(1);
    }
  }

  private void acknowledgeLater() {
    if (!timerSet) {
      timerSet = true;
      session.timers().after(ACKNOWLEDGE_AFTER, () -> loop.post(this::timeIsUp));
    }
  }

  private void timeIsUp() {
    timerSet = false;
    acknowledge();
  }

  private void acknowledge() {
    Call of = call;
    if (of == null || !acknowledgements.pending()) {
      return; // Without a call the next one tells the cursor.
    }
    session
        .calls()
        .acknowledgeResults(pool.id(), acknowledgements.acknowledge())
        .whenComplete(
            (heard, unheard) -> {
              if (unheard != null) {
                loop.post(() -> unheard(of, unheard));
              }
            });
  }

  private void unheard(Call of, Throwable why) {
    if (pool.hasEnded()) {
      if (Replies.unanswered(why)) {
        session.dismissLater(pool.id()); // There is no next call that tells the cursor.
      }
    } else if (of == call) {
      acknowledgements.lost();
      acknowledgeLater();
    }
  }

  private void ended(Call from, Status status) {
    if (from.printing) {
      from.end = status; // The next call must not tell an outcome before what its task printed.
    } else if (from == call && !pool.hasEnded()) {
      call = null;
      broken = true;
      pool.broke(status);
    }
  }

  /** One call. */
  private final class Call implements ClientResponseObserver<ResultsRequest, ResultsResponse> {
    private ClientCallStreamObserver<ResultsRequest> requests;

    /** Whether what it brought is being printed, and how it ended meanwhile. */
    private boolean printing;

    private Status end;

    @Override
    public void beforeStart(ClientCallStreamObserver<ResultsRequest> requests) {
      this.requests = requests;
      requests.disableAutoRequestWithInitial(1);
    }

    @Override
    public void onNext(ResultsResponse response) {
      loop.post(() -> received(this, response));
    }

    @Override
    public void onError(Throwable thrown) {
      loop.post(() -> ended(this, CallStatus.of(thrown)));
    }

    @Override
    public void onCompleted() {
      loop.post(() -> ended(this, Status.UNAVAILABLE.withDescription("the results broke off")));
    }
  }
}
