package dev.farpool.coordinator.fuzz;

import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Consumer;

/**
 * A stream that is not expected to end.
 *
 * @param listener gets its messages
 * @param ends gets its end
 */
record Heard<T>(Consumer<T> listener, List<Throwable> ends) implements StreamObserver<T> {
  @Override
  public void onNext(T message) {
    listener.accept(message);
  }

  @Override
  public void onError(Throwable error) {
    ends.add(error);
  }

  @Override
  public void onCompleted() {
    ends.add(new IllegalStateException("completed"));
  }
}
