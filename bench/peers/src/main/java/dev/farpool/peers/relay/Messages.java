package dev.farpool.peers.relay;

import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;

/** Hands on what a stream brings. A stream that breaks ends like one that is completed. */
record Messages(Consumer<byte[]> next, Runnable end) implements StreamObserver<byte[]> {
  @Override
  public void onNext(byte[] bytes) {
    next.accept(bytes);
  }

  @Override
  public void onError(Throwable broken) {
    end.run();
  }

  @Override
  public void onCompleted() {
    end.run();
  }
}
