package dev.farpool.worker;

import dev.farpool.worker.grpc.LinkListener;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether the worker belongs to a coordinator: not yet, now, or no more. Thread-safe. */
final class Attachment implements LinkListener {
  private final CountDownLatch attachedOrRefused = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile String disconnectedBecause = "not connected yet";
  private volatile String refusal;
  private final Readiness readiness;

  Attachment(Readiness readiness) {
    this.readiness = readiness;
  }

  @Override
  public void attached() {
    disconnectedBecause = "";
    readiness.attached(true);
    attachedOrRefused.countDown();
  }

  @Override
  public void lost(String reason) {
    disconnectedBecause = reason;
    readiness.attached(false);
  }

  @Override
  public void refused(String reason) {
    disconnectedBecause = reason;
    refusal = reason;
    readiness.attached(false);
    attachedOrRefused.countDown();
    ended.countDown();
  }

  @Override
  public void left() {
    readiness.attached(false);
    attachedOrRefused.countDown();
    ended.countDown();
  }

  String disconnectedBecause() {
    return disconnectedBecause;
  }

  boolean awaitAttached(Duration timeout) throws InterruptedException {
    boolean known = attachedOrRefused.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    if (refusal != null) {
      throw new IllegalStateException(refusal);
    }
    return known && disconnectedBecause.isEmpty();
  }

  boolean awaitEnd(Duration timeout) throws InterruptedException {
    return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }
}
