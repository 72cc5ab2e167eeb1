package dev.farpool.cli;

import dev.farpool.common.Protocol;
import dev.farpool.v1.AcknowledgeResultsRequest;
import dev.farpool.v1.AcknowledgeResultsResponse;
import dev.farpool.v1.CancelMode;
import dev.farpool.v1.CancelTasksRequest;
import dev.farpool.v1.ClosePoolRequest;
import dev.farpool.v1.CloseSessionRequest;
import dev.farpool.v1.CreatePoolRequest;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.OpenSessionRequest;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.PoolServiceGrpc.PoolServiceBlockingStub;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.ResultsRequest;
import dev.farpool.v1.ResultsResponse;
import dev.farpool.v1.SubmitRequest;
import dev.farpool.v1.SubmitResponse;
import dev.farpool.v1.TaskBatch;
import dev.farpool.v1.TerminatePoolRequest;
import dev.farpool.v1.TraceContext;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A pool in a session of its own, by plain calls. Each throws {@link StatusRuntimeException} if the
 * coordinator refuses or is lost. Thread-safe.
 */
final class CommandPool implements AutoCloseable {
  private static final long DEADLINE_SECONDS = 30;

  private final Connection connection;
  private final PoolServiceGrpc.PoolServiceStub streaming;
  private final PoolServiceBlockingStub blocking;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final String session;
  private final String id;
  private volatile TraceContext trace;

  /**
   * Opens the session and creates the pool.
   *
   * @param command the name of the command that wants it, for people
   */
  CommandPool(Connection connection, String command, PoolSpec spec) {
    this.connection = connection;
    streaming = PoolServiceGrpc.newStub(connection.channel());
    blocking = PoolServiceGrpc.newBlockingStub(connection.channel());
    OpenSessionRequest open =
        OpenSessionRequest.newBuilder()
            .setProtocol(Protocol.RANGE)
            .setClientName("farpool " + command)
            .setPid(ProcessHandle.current().pid())
            .setLibrary("farpool/" + Version.number())
            .build();
    session = unary().openSession(open).getSessionId();
    id = create(spec);
  }

  private String create(PoolSpec spec) {
    CreatePoolRequest request =
        CreatePoolRequest.newBuilder().setSessionId(session).setSpec(spec).build();
    try {
      return unary().createPool(request).getPoolId();
    } catch (StatusRuntimeException refused) {
      close();
      throw refused;
    }
  }

  /** Names it on the coordinator. */
  String id() {
    return id;
  }

  /**
   * Has tasks belong to a trace from now on.
   *
   * @param context null for none
   */
  void trace(TraceContext context) {
    trace = context;
  }

  /** Submits a batch and waits for the answer. */
  SubmitResponse submit(TaskBatch batch) throws InterruptedException {
    CompletableFuture<SubmitResponse> answer = new CompletableFuture<>();
    StreamObserver<SubmitRequest> requests =
        streaming
            .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
            .submit(new FirstAnswer<>(answer));
    TraceContext context = trace;
    TaskBatch traced = context == null ? batch : batch.toBuilder().setTrace(context).build();
    requests.onNext(SubmitRequest.newBuilder().setPoolId(id).addBatches(traced).build());
    requests.onCompleted();
    try {
      return answer.get();
    } catch (ExecutionException failed) {
      throw (StatusRuntimeException) failed.getCause();
    }
  }

  /** Follows the pool to its end. Whoever does not read on holds up what comes. */
  Iterator<ResultsResponse> results() {
    return blocking.results(ResultsRequest.newBuilder().setPoolId(id).build());
  }

  /** The coordinator need not keep what came up to here. Does not wait, and need not be heard. */
  void acknowledge(long cursor) {
    streaming
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
        .acknowledgeResults(
            AcknowledgeResultsRequest.newBuilder().setPoolId(id).setCursor(cursor).build(),
            new FirstAnswer<AcknowledgeResultsResponse>(new CompletableFuture<>()));
  }

  /** No more tasks will come. */
  void closePool() {
    unary().closePool(ClosePoolRequest.newBuilder().setPoolId(id).build());
  }

  /** Cancels those of the first tasks that have not started. */
  void cancelQueued(long count) {
    if (count > 0) {
      unary()
          .cancelTasks(
              CancelTasksRequest.newBuilder()
                  .setPoolId(id)
                  .addTasks(IndexRange.newBuilder().setCount(count))
                  .setMode(CancelMode.CANCEL_MODE_QUEUED_ONLY)
                  .build());
    }
  }

  /** Kills what runs and ends the pool. */
  void terminate() {
    unary().terminatePool(TerminatePoolRequest.newBuilder().setPoolId(id).build());
  }

  /** Ends all calls, as nobody answers them. */
  void abandon() {
    connection.close();
  }

  /** Ends the session, and with it what still runs. Idempotent. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      unary().closeSession(CloseSessionRequest.newBuilder().setSessionId(session).build());
    } catch (StatusRuntimeException lost) {
      // It ends by itself after its grace, or went with its coordinator.
      return;
    }
  }

  private PoolServiceBlockingStub unary() {
    return blocking.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }
}
