package dev.farpool.cli;

import dev.farpool.common.Protocol;
import dev.farpool.v1.AcknowledgeResultsRequest;
import dev.farpool.v1.ClosePoolRequest;
import dev.farpool.v1.CloseSessionRequest;
import dev.farpool.v1.CreatePoolRequest;
import dev.farpool.v1.OpenSessionRequest;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.PoolServiceGrpc.PoolServiceBlockingStub;
import dev.farpool.v1.ResultsRequest;
import dev.farpool.v1.ResultsResponse;
import dev.farpool.v1.SubmitRequest;
import dev.farpool.v1.SubmitResponse;
import dev.farpool.v1.TaskBatch;
import dev.farpool.v1.TaskOutput;
import dev.farpool.v1.TaskResult;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One task in a session and a pool of its own; what it prints goes to our standard streams. */
final class CommandRun implements AutoCloseable {
  private static final long DEADLINE_SECONDS = 30;

  private final PoolServiceGrpc.PoolServiceStub streaming;
  private final PoolServiceBlockingStub blocking;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final String session;

  CommandRun(Connection connection) {
    streaming = PoolServiceGrpc.newStub(connection.channel());
    blocking = PoolServiceGrpc.newBlockingStub(connection.channel());
    OpenSessionRequest request =
        OpenSessionRequest.newBuilder()
            .setProtocol(Protocol.RANGE)
            .setClientName("farpool exec")
            .setPid(ProcessHandle.current().pid())
            .setLibrary("farpool/" + Version.number())
            .build();
    session = unary().openSession(request).getSessionId();
  }

  /**
   * Submits the only task of the batch and follows it to its end.
   *
   * @throws StatusRuntimeException if the coordinator refuses or is lost
   * @throws CommandException if it refuses the task
   */
  TaskResult outcome(TaskBatch batch) throws InterruptedException {
    String pool = createPool();
    submit(pool, batch);
    unary().closePool(ClosePoolRequest.newBuilder().setPoolId(pool).build());
    ResultsRequest follow = ResultsRequest.newBuilder().setPoolId(pool).build();
    Iterator<ResultsResponse> responses = blocking.results(follow);
    TaskResult outcome = null;
    while (responses.hasNext()) {
      ResultsResponse response = responses.next();
      response.getOutputList().forEach(CommandRun::print);
      if (response.getResultsCount() > 0) {
        outcome = response.getResults(0);
        acknowledge(pool, response.getCursor());
      }
    }
    if (outcome == null) {
      throw CommandException.failed("the coordinator ended the task without an outcome; try again");
    }
    return outcome;
  }

  /** Ends the session, and with it a command that still runs. Idempotent. */
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

  private String createPool() {
    CreatePoolRequest.Builder request = CreatePoolRequest.newBuilder().setSessionId(session);
    request.getSpecBuilder().setName("exec").setProcesses(1);
    return unary().createPool(request.build()).getPoolId();
  }

  private void submit(String pool, TaskBatch batch) throws InterruptedException {
    CompletableFuture<SubmitResponse> answer = new CompletableFuture<>();
    StreamObserver<SubmitRequest> requests =
        streaming
            .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
            .submit(new FirstAnswer<>(answer));
    requests.onNext(SubmitRequest.newBuilder().setPoolId(pool).addBatches(batch).build());
    requests.onCompleted();
    try {
      SubmitResponse response = answer.get();
      if (response.hasRejected()) {
        throw CommandException.failed(response.getRejected().getMessage());
      }
    } catch (ExecutionException failed) {
      throw (StatusRuntimeException) failed.getCause();
    }
  }

  private void acknowledge(String pool, long cursor) {
    unary()
        .acknowledgeResults(
            AcknowledgeResultsRequest.newBuilder().setPoolId(pool).setCursor(cursor).build());
  }

  private static void print(TaskOutput output) {
    PrintStream stream = output.getStderr() ? System.err : System.out;
    if (output.getDropped() > 0) {
      System.err.println("farpool exec: " + output.getDropped() + " bytes of output were dropped");
    }
    byte[] bytes = output.getData().toByteArray();
    stream.write(bytes, 0, bytes.length);
    stream.flush();
  }
}
