package dev.farpool.peers.relay;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;

/** Sends back whatever it is handed. */
final class RelayWorker implements AutoCloseable {
  private final Link link;

  RelayWorker(int port) {
    link = new Link(port);
    link.open(Wire.WORK, new Echo());
  }

  @Override
  public void close() {
    link.close();
  }

  private static final class Echo implements ClientResponseObserver<byte[], byte[]> {
    private StreamObserver<byte[]> results;

    @Override
    public void beforeStart(ClientCallStreamObserver<byte[]> stream) {
      results = stream;
    }

    @Override
    public void onNext(byte[] task) {
      results.onNext(task);
    }

    @Override
    public void onError(Throwable broken) {
      // The relay has gone; its parent ends this process too.
    }

    @Override
    public void onCompleted() {
      // As above.
    }
  }
}
