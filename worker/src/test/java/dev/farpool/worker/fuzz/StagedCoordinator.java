package dev.farpool.worker.fuzz;

import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.WorkerServiceGrpc.WorkerServiceImplBase;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;

/** A coordinator that says what it is told to say, and hears all. */
final class StagedCoordinator extends WorkerServiceImplBase {
  private final List<AttachRequest> heard = new ArrayList<>();
  private ServerCallStreamObserver<AttachResponse> stream;

  @Override
  public StreamObserver<AttachRequest> attach(StreamObserver<AttachResponse> responses) {
    stream = (ServerCallStreamObserver<AttachResponse>) responses;
    stream.setOnCancelHandler(() -> {}); // The worker may leave whenever it likes.
    return new StreamObserver<>() {
      @Override
      public void onNext(AttachRequest message) {
        heard.add(message);
      }

      @Override
      public void onError(Throwable broken) {
        heard.clear();
      }

      @Override
      public void onCompleted() {
        heard.clear();
      }
    };
  }

  /** Says something, unless the worker listens no more. */
  void say(AttachResponse message) {
    if (isHeard()) {
      stream.onNext(message);
    }
  }

  boolean isHeard() {
    return !stream.isCancelled();
  }

  /** Breaks the stream. */
  void hangUp() {
    if (isHeard()) {
      stream.onError(io.grpc.Status.UNAVAILABLE.asRuntimeException());
    }
  }

  /** What the worker has said on the present stream. */
  List<AttachRequest> heard() {
    return heard;
  }
}
