package dev.farpool.coordinator.fuzz;

import com.google.protobuf.ByteString;
import dev.farpool.common.Protocol;
import dev.farpool.v1.AcknowledgeResultsRequest;
import dev.farpool.v1.CreatePoolRequest;
import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.JavaCalls;
import dev.farpool.v1.OpenSessionRequest;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.ResultsRequest;
import dev.farpool.v1.ResultsResponse;
import dev.farpool.v1.SubmitRequest;
import dev.farpool.v1.TaskBatch;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;

/**
 * A client and a worker that behave, on a coordinator with others who do not. Answered on the
 * calling thread.
 */
final class Bystander {
  private static final String TEXT = "echo";

  private final PoolServiceGrpc.PoolServiceBlockingStub calls;
  private final List<Throwable> ends = new ArrayList<>();
  private final List<ResultsResponse> results = new ArrayList<>();
  private final EchoWorker worker;
  private final StreamObserver<SubmitRequest> submits;
  private final String pool;
  private long submitted;

  Bystander(Channel channel) {
    calls = PoolServiceGrpc.newBlockingStub(channel);
    worker = new EchoWorker(channel, ends);
    PoolSpec.Builder spec = PoolSpec.newBuilder().setProcesses(1);
    worker.labels().forEach(spec::putLabels);
    String session =
        calls
            .openSession(OpenSessionRequest.newBuilder().setProtocol(Protocol.RANGE).build())
            .getSessionId();
    pool =
        calls
            .createPool(CreatePoolRequest.newBuilder().setSessionId(session).setSpec(spec).build())
            .getPoolId();
    PoolServiceGrpc.PoolServiceStub streams = PoolServiceGrpc.newStub(channel);
    submits = streams.submit(new Heard<>(answer -> {}, ends));
    streams.results(
        ResultsRequest.newBuilder().setPoolId(pool).build(), new Heard<>(results::add, ends));
  }

  /** What is to be done every two seconds to be taken for alive. */
  void giveSignOfLife() {
    worker.giveSignOfLife();
  }

  /** Runs a task from submission to acknowledgement. */
  void runTask() {
    submits.onNext(task(submitted++));
    require(results.size() == 1, "its result came " + results.size() + " times");
    ResultsResponse result = results.remove(0);
    require(
        result.getBlocks(0).getIndexes(0) == submitted - 1
            && result.getBlocks(0).getValues().toStringUtf8().equals(TEXT),
        "its result is another's");
    calls.acknowledgeResults(
        AcknowledgeResultsRequest.newBuilder()
            .setPoolId(pool)
            .setCursor(result.getCursor())
            .build());
  }

  private SubmitRequest task(long index) {
    FunctionDefinition.Builder function =
        FunctionDefinition.newBuilder()
            .setNumber(1)
            .setSha256(ByteString.copyFrom(new byte[32]))
            .setInline(ByteString.EMPTY);
    JavaCalls.Builder call =
        JavaCalls.newBuilder()
            .setFunction(1)
            .addSizes(TEXT.length())
            .setArguments(ByteString.copyFromUtf8(TEXT));
    return SubmitRequest.newBuilder()
        .setPoolId(pool)
        .addFunctions(function)
        .addBatches(TaskBatch.newBuilder().setFirstIndex(index).setJava(call))
        .build();
  }

  private void require(boolean held, String otherwise) {
    if (!held || !ends.isEmpty()) {
      throw new AssertionError("the bystander was hurt: " + otherwise + "; ended streams: " + ends);
    }
  }
}
