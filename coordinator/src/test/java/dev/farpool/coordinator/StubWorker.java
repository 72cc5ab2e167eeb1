package dev.farpool.coordinator;

import dev.farpool.common.Protocol;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.AttemptsFinished;
import dev.farpool.v1.Register;
import dev.farpool.v1.ResultBlock;
import dev.farpool.v1.StartAttempts;
import dev.farpool.v1.WorkerServiceGrpc;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A worker made of nothing but the stub: whatever it starts, it returns its arguments. */
final class StubWorker implements StreamObserver<AttachResponse> {
  final BlockingQueue<AttachResponse> received = new LinkedBlockingQueue<>();
  final BlockingQueue<Throwable> errors = new LinkedBlockingQueue<>();
  private final StreamObserver<AttachRequest> stream;
  private long sequence;

  StubWorker(Channel channel) {
    stream = WorkerServiceGrpc.newStub(channel).attach(this);
  }

  static Register.Builder registration(String name) {
    return Register.newBuilder()
        .setProtocol(Protocol.RANGE)
        .setName(name)
        .setInstanceId("instance-of-" + name)
        .setHost("localhost")
        .setCores(2);
  }

  void send(AttachRequest.Builder message) {
    stream.onNext(message.setSequence(++sequence).build());
  }

  void leave() {
    stream.onCompleted();
  }

  /** The echo of a start. */
  static AttemptsFinished.Builder echo(StartAttempts start) {
    long first = start.getBatch().getFirstIndex();
    ResultBlock.Builder block = ResultBlock.newBuilder();
    for (int i = 0; i < start.getBatch().getJava().getSizesCount(); i++) {
      block.addIndexes(first + i).addSizes(start.getBatch().getJava().getSizes(i));
    }
    return AttemptsFinished.newBuilder()
        .setPool(start.getPool())
        .setBlock(block.setValues(start.getBatch().getJava().getArguments()));
  }

  @Override
  public void onNext(AttachResponse message) {
    received.add(message);
  }

  @Override
  public void onError(Throwable error) {
    errors.add(error);
  }

  @Override
  public void onCompleted() {
    errors.add(new IllegalStateException("completed"));
  }
}
