package dev.farpool.coordinator;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** What came of a call. */
final class Collected<T> implements StreamObserver<T> {
  final BlockingQueue<T> answers = new LinkedBlockingQueue<>();
  final BlockingQueue<Throwable> errors = new LinkedBlockingQueue<>();

  T take() throws InterruptedException {
    return answers.take();
  }

  @Override
  public void onNext(T answer) {
    answers.add(answer);
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
