package dev.farpool.coordinator.fuzz;

import dev.farpool.common.Protocol;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.AttemptsFinished;
import dev.farpool.v1.ExitStatus;
import dev.farpool.v1.Heartbeat;
import dev.farpool.v1.Register;
import dev.farpool.v1.ResultBlock;
import dev.farpool.v1.StartAttempts;
import dev.farpool.v1.TaskBatch;
import dev.farpool.v1.TaskResult;
import dev.farpool.v1.Value;
import dev.farpool.v1.WorkerServiceGrpc;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A worker of one core whose tasks end at once, whosever they are: calls with their arguments for
 * results. Its name and label are new in each run, so that a fuzzer cannot learn them.
 */
final class EchoWorker {
  private final String secret = UUID.randomUUID().toString();
  private final StreamObserver<AttachRequest> stream;
  private long sequence;

  EchoWorker(Channel channel, List<Throwable> ends) {
    stream = WorkerServiceGrpc.newStub(channel).attach(new Heard<>(this::hear, ends));
    report(
        AttachRequest.newBuilder()
            .setRegister(
                Register.newBuilder()
                    .setProtocol(Protocol.RANGE)
                    .setName(secret)
                    .setInstanceId(secret)
                    .setCores(1)
                    .putAllLabels(labels())));
  }

  /** What no other worker has. */
  Map<String, String> labels() {
    return Map.of("for", secret);
  }

  void giveSignOfLife() {
    report(AttachRequest.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));
  }

  private void report(AttachRequest.Builder message) {
    stream.onNext(message.setSequence(++sequence).build());
  }

  private void hear(AttachResponse message) {
    for (StartAttempts start : message.getStartList()) {
      AttemptsFinished.Builder finished = finished(start).setPool(start.getPool());
      for (int i = 0; i < finished.getBlock().getIndexesCount(); i++) {
        finished.addBlockAttempts(start.getAttempt());
      }
      for (int i = 0; i < finished.getResultsCount(); i++) {
        finished.addResultAttempts(start.getAttempt());
      }
      report(AttachRequest.newBuilder().addFinished(finished));
    }
  }

  private static AttemptsFinished.Builder finished(StartAttempts start) {
    TaskBatch batch = start.getBatch();
    AttemptsFinished.Builder finished = AttemptsFinished.newBuilder();
    TaskResult.Builder result = TaskResult.newBuilder();
    switch (batch.getTasksCase()) {
      case JAVA -> finished.setBlock(echo(batch));
      case STATIC_METHODS -> {
        for (int i = 0; i < batch.getStaticMethods().getCallsCount(); i++) {
          result.setIndex(batch.getFirstIndex() + i).setValue(Value.getDefaultInstance());
          finished.addResults(result);
        }
      }
      case COMMANDS -> {
        for (int i = 0; i < batch.getCommands().getCommandsCount(); i++) {
          result.setIndex(batch.getFirstIndex() + i).setExit(ExitStatus.newBuilder().setCode(i));
          finished.addResults(result);
        }
      }
      case TASKS_NOT_SET -> throw new AssertionError("a start without tasks");
    }
    return finished;
  }

  private static ResultBlock echo(TaskBatch batch) {
    if (batch.getJava().hasArgumentBlob()) {
      return ResultBlock.newBuilder().addIndexes(batch.getFirstIndex()).addSizes(0).build();
    }
    ResultBlock.Builder block = ResultBlock.newBuilder().setValues(batch.getJava().getArguments());
    for (int i = 0; i < batch.getJava().getSizesCount(); i++) {
      block.addIndexes(batch.getFirstIndex() + i).addSizes(batch.getJava().getSizes(i));
    }
    return block.build();
  }
}
