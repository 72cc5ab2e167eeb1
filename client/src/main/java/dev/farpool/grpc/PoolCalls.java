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
import io.grpc.StatusRuntimeException;
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
    try {
      stub(SessionLink.UNARY_SECONDS)
          .terminatePool(TerminatePoolRequest.newBuilder().setPoolId(pool.id()).build());
    } catch (StatusRuntimeException unheard) {
      pool.fail("it was terminated while the coordinator did not answer: " + Replies.text(unheard));
    }
  }

  /**
   * Cancels a task.
   *
   * @return whether it is cancelled now
   * @throws InterruptedException if the thread is interrupted
   */
  public boolean cancel(long index, CancelMode mode) throws InterruptedException {
    if (!pool.awaitAccepted(index, TimeUnit.SECONDS.toNanos(SessionLink.UNARY_SECONDS))) {
      return false;
    }
    return stub(SessionLink.UNARY_SECONDS)
            .cancelTasks(
                CancelTasksRequest.newBuilder()
                    .setPoolId(pool.id())
                    .addTasks(one(index))
                    .setMode(mode)
                    .build())
            .getCancelledCount()
        > 0;
  }

  /**
   * Sends a signal to the process of a task.
   *
   * @return whether there was a process to send it to
   */
  public boolean signal(long index, int signal) {
    return stub(SessionLink.UNARY_SECONDS)
            .signalTasks(
                SignalTasksRequest.newBuilder()
                    .setPoolId(pool.id())
                    .addTasks(one(index))
                    .setSignal(signal)
                    .build())
            .getSignalled()
        > 0;
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
