package dev.farpool.grpc;

import dev.farpool.v1.CancelMode;
import dev.farpool.v1.CancelTasksRequest;
import dev.farpool.v1.ExplainTaskRequest;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.JoinPoolRequest;
import dev.farpool.v1.JoinPoolResponse;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.PoolServiceGrpc.PoolServiceBlockingStub;
import dev.farpool.v1.SignalTasksRequest;
import dev.farpool.v1.TerminatePoolRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Questions about a pool and orders to it, each a call that waits for its answer. Thread-safe. */
public final class PoolCalls {
  private static final int EXPLAIN_SECONDS = 1;

  private final PoolLink pool;
  private final SessionLink session;

  PoolCalls(PoolLink pool, SessionLink session) {
    this.pool = pool;
    this.session = session;
  }

  private PoolServiceBlockingStub stub(int seconds) {
    return PoolServiceGrpc.newBlockingStub(session.channels().control())
        .withDeadlineAfter(seconds, TimeUnit.SECONDS);
  }

  /** Kills what runs; when this returns the pool has ended, or nobody could be told. */
  public void terminate() {
    TerminatePoolRequest request = TerminatePoolRequest.newBuilder().setPoolId(pool.id()).build();
    try {
      stub(SessionLink.UNARY_SECONDS).terminatePool(request);
    } catch (StatusRuntimeException unheard) {
      if (Thread.currentThread().isInterrupted()) {
        // The caller cannot wait: the order goes out all the same, and the stream tells the end.
        PoolServiceGrpc.newStub(session.channels().control())
            .terminatePool(request, Replies.ignored());
      } else {
        pool.fail(
            "it was terminated while the coordinator did not answer: " + Replies.text(unheard));
      }
    }
  }

  /**
   * Cancels tasks.
   *
   * @param indexes in ascending order, at least one
   * @return whether any of them is cancelled now
   * @throws UnreachableException if the coordinator does not answer
   * @throws InterruptedException if the thread is interrupted
   */
  public boolean cancel(CancelMode mode, long... indexes)
      throws UnreachableException, InterruptedException {
    long last = indexes[indexes.length - 1];
    if (!pool.awaitAccepted(last, TimeUnit.SECONDS.toNanos(SessionLink.UNARY_SECONDS))) {
      throw new UnreachableException("the coordinator does not take tasks now", null);
    }
    CancelTasksRequest request =
        CancelTasksRequest.newBuilder()
            .setPoolId(pool.id())
            .addAllTasks(ranges(indexes))
            .setMode(mode)
            .build();
    try {
      return stub(SessionLink.UNARY_SECONDS).cancelTasks(request).getCancelledCount() > 0;
    } catch (StatusRuntimeException refused) {
      return falseIfGone(refused);
    }
  }

  /**
   * Sends a signal to the process of a task.
   *
   * @return whether there was a process to send it to
   * @throws UnreachableException if the coordinator does not answer
   */
  public boolean signal(long index, int signal) throws UnreachableException {
    SignalTasksRequest request =
        SignalTasksRequest.newBuilder()
            .setPoolId(pool.id())
            .addTasks(one(index))
            .setSignal(signal)
            .build();
    try {
      return stub(SessionLink.UNARY_SECONDS).signalTasks(request).getSignalled() > 0;
    } catch (StatusRuntimeException refused) {
      return falseIfGone(refused);
    }
  }

  /**
   * A pool that has ended has nothing left to be stopped; everything else is worth an exception.
   */
  private boolean falseIfGone(StatusRuntimeException refused) throws UnreachableException {
    if (pool.hasEnded() || refused.getStatus().getCode() == Status.Code.NOT_FOUND) {
      return false;
    }
    throw new UnreachableException(
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

  private static IndexRange one(long index) {
    return IndexRange.newBuilder().setFirst(index).setCount(1).build();
  }

  /** Why a task has no outcome yet, in a sentence; or that this cannot be told. */
  public String explain(long index) {
    try {
      return stub(EXPLAIN_SECONDS)
          .explainTask(ExplainTaskRequest.newBuilder().setPoolId(pool.id()).setIndex(index).build())
          .getExplanation();
    } catch (StatusRuntimeException unheard) {
      return "the coordinator did not say why: " + Replies.text(unheard);
    }
  }

  /** What the pool waits for, in a sentence; or that this cannot be told. */
  public String explain() {
    try {
      JoinPoolResponse answer =
          stub(EXPLAIN_SECONDS)
              .joinPool(
                  JoinPoolRequest.newBuilder()
                      .setPoolId(pool.id())
                      .setTimeout(com.google.protobuf.Duration.getDefaultInstance())
                      .build());
      return answer.hasEnded() ? "the pool has ended" : answer.getExplanation();
    } catch (StatusRuntimeException unheard) {
      return Replies.text(unheard);
    }
  }
}
