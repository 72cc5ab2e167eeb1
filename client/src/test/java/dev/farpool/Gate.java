package dev.farpool;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps tasks of the fake, which run in this JVM, until the test lets them go. */
final class Gate {
  private static volatile CountDownLatch latch = new CountDownLatch(1);

  private Gate() {}

  static void shut() {
    latch = new CountDownLatch(1);
  }

  static void open() {
    latch.countDown();
  }

  static int pass(int value) throws InterruptedException {
    if (!latch.await(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the gate was never opened");
    }
    return value;
  }
}
