package dev.farpool.grpc;

import dev.farpool.v1.CancelMode;
import dev.farpool.v1.CancelTasksRequest;
import dev.farpool.v1.CancelTasksResponse;
import dev.farpool.v1.ExplainTaskRequest;
import dev.farpool.v1.ExplainTaskResponse;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.JoinPoolRequest;
import dev.farpool.v1.JoinPoolResponse;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.PoolServiceGrpc.PoolServiceStub;
import dev.farpool.v1.SignalTasksRequest;
import dev.farpool.v1.SignalTasksResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Questions about a pool and orders to it. Each returns at once and is answered within a bound.
 * Thread-safe.
 */
public final class PoolCalls {
  private static final long EXPLAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final PoolLink pool;
  private final SessionLink session;

  PoolCalls(PoolLink pool, SessionLink session) {
    this.pool = pool;
    this.session = session;
  }

  private PoolServiceStub stub(long nanos) {
    return PoolServiceGrpc.newStub(session.channels().control())
        .withDeadlineAfter(nanos, TimeUnit.NANOSECONDS);
  }

  /**
   * Kills what runs. Complete when the pool has ended, or nobody could be told: then it has ended
   * for this program, and the coordinator is told when it is there again.
   */
  public CompletionStage<Void> terminate() {
    return session
        .calls()
        .terminatePool(pool.id())
        .handle(
            (ended, unheard) -> {
              if (unheard != null) {
                if (Replies.unanswered(unheard)) {
                  session.dismissLater(pool.id());
                }
                pool.fail(
                    "it was terminated while the coordinator did not answer: "
                        + Replies.text(unheard));
              }
              return null;
            });
  }

  /**
   * Cancels tasks; fails with {@link UnreachableException} if the coordinator does not answer.
   *
   * @param indexes in ascending order, at least one
   * @return whether any of them is cancelled now
   */
  public CompletionStage<Boolean> cancel(CancelMode mode, long... indexes) {
    CancelTasksRequest request =
        CancelTasksRequest.newBuilder()
            .setPoolId(pool.id())
            .addAllTasks(ranges(indexes))
            .setMode(mode)
            .build();
    Duration limit = Duration.ofNanos(SessionCalls.USUAL_NANOS);
    return pool.accepted(indexes[indexes.length - 1], limit)
        .thenCompose(
            accepted -> accepted ? cancel(request) : CompletableFuture.failedFuture(notTaken()));
  }

  private CompletionStage<Boolean> cancel(CancelTasksRequest request) {
    int restarts = pool.results().restarts();
    return this.<CancelTasksResponse>order(
        reply -> stub(SessionCalls.USUAL_NANOS).cancelTasks(request, reply),
        answer -> {
          pool.results().cancelled(answer.getCancelledList(), restarts);
          return answer.getCancelledCount() > 0;
        });
  }

  private UnreachableException notTaken() {
    return new UnreachableException(
        session.outage().orElse("the coordinator does not take tasks now"), null);
  }

  /**
   * Sends a signal to the process of a task; fails with {@link UnreachableException} if the
   * coordinator does not answer.
   *
   * @return whether there was a process to send it to
   */
  public CompletionStage<Boolean> signal(long index, int signal) {
    SignalTasksRequest request =
        SignalTasksRequest.newBuilder()
            .setPoolId(pool.id())
            .addTasks(IndexRange.newBuilder().setFirst(index).setCount(1))
            .setSignal(signal)
            .build();
    return this.<SignalTasksResponse>order(
        reply -> stub(SessionCalls.USUAL_NANOS).signalTasks(request, reply),
        answer -> answer.getSignalled() > 0);
  }

  /**
   * A pool that has ended has nothing left to be stopped; everything else is worth an exception.
   */
  private <T> CompletionStage<Boolean> order(
      Consumer<StreamObserver<T>> call, Function<T, Boolean> done) {
    return Replies.to(call)
        .handle(
            (answer, refused) -> {
              if (refused == null) {
                return done.apply(answer);
              } else if (pool.hasEnded() || Replies.code(refused) == Status.Code.NOT_FOUND) {
                return false;
              }
              throw Replies.wrapped(unheard(refused));
            });
  }

  private UnreachableException unheard(Throwable refused) {
    return new UnreachableException(
        "the coordinator at "
            + session.channels().peer()
            + " did not do as asked: "
            + Replies.text(refused),
        refused);
  }

  private static List<IndexRange> ranges(long[] ascending) {
    List<IndexRange> ranges = new ArrayList<>();
    int first = 0;
    for (int i = 1; i <= ascending.length; i++) {
      if (i == ascending.length || ascending[i] != ascending[i - 1] + 1) {
        ranges.add(IndexRange.newBuilder().setFirst(ascending[first]).setCount(i - first).build());
        first = i;
      }
    }
    return ranges;
  }

  /** Why a task has no outcome yet, in a sentence; or that this cannot be told. Never fails. */
  public CompletionStage<String> explain(long index) {
    ExplainTaskRequest request =
        ExplainTaskRequest.newBuilder().setPoolId(pool.id()).setIndex(index).build();
    return session
        .outage()
        .or(() -> pool.explainUnsent(index))
        .map(PoolCalls::told)
        .orElseGet(
            () ->
                this.<ExplainTaskResponse>ask(
                    reply -> stub(EXPLAIN_NANOS).explainTask(request, reply),
                    ExplainTaskResponse::getExplanation));
  }

  /** What the pool waits for, in a sentence; or that this cannot be told. Never fails. */
  public CompletionStage<String> explain() {
    JoinPoolRequest request =
        JoinPoolRequest.newBuilder()
            .setPoolId(pool.id())
            .setTimeout(com.google.protobuf.Duration.getDefaultInstance())
            .build();
    Optional<String> here = session.outage();
    return here.map(PoolCalls::told)
        .orElseGet(
            () ->
                this.<JoinPoolResponse>ask(
                    reply -> stub(EXPLAIN_NANOS).joinPool(request, reply),
                    answer -> answer.hasEnded() ? "the pool has ended" : answer.getExplanation()));
  }

  private static CompletionStage<String> told(String explanation) {
    return CompletableFuture.completedFuture(explanation);
  }

  private <T> CompletionStage<String> ask(
      Consumer<StreamObserver<T>> call, Function<T, String> explanation) {
    return Replies.to(call)
        .handle(
            (answer, unheard) ->
                unheard == null
                    ? explanation.apply(answer)
                    : session
                        .outage()
                        .orElse("the coordinator did not say why: " + Replies.text(unheard)));
  }
}
