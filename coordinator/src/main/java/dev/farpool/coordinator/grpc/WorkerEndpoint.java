package dev.farpool.coordinator.grpc;

import dev.farpool.coordinator.core.Command;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.WorkerServiceGrpc.WorkerServiceImplBase;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Serves workers. Thread-safe. */
public final class WorkerEndpoint extends WorkerServiceImplBase {
  private final Consumer<Command> loop;
  private final Streams streams;
  private final CallNumbers numbers;
  private final Identity identity;
  private final Spill spill;
  private final Executor threads;

  /**
   * @param loop takes commands in the order of their coming
   * @param threads may be kept waiting by the disk
   */
  public WorkerEndpoint(
      Consumer<Command> loop,
      Streams streams,
      CallNumbers numbers,
      Identity identity,
      Spill spill,
      Executor threads) {
    this.loop = loop;
    this.streams = streams;
    this.numbers = numbers;
    this.identity = identity;
    this.spill = spill;
    this.threads = threads;
  }

  @Override
  public StreamObserver<AttachRequest> attach(StreamObserver<AttachResponse> responses) {
    return AttachCall.open(
        (ServerCallStreamObserver<AttachResponse>) responses,
        loop,
        streams,
        numbers.next(),
        identity,
        spill,
        new Intake(threads));
  }
}
