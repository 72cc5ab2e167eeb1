package dev.farpool.coordinator.grpc;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The order of what comes over one call: most of it is dealt with at once, and only what has to
 * wait for the disk, and what comes behind that, takes its turn on other threads.
 *
 * <p>To be used by one thread at a time, as gRPC does.
 */
final class Intake {
  private final Executor steps;
  private final AtomicInteger waiting = new AtomicInteger();

  /**
   * @param threads may be kept waiting by the disk
   */
  Intake(Executor threads) {
    this.steps = new InOrder(threads);
  }

  /** Deals with something now, or when what came before has been. */
  void take(Runnable step) {
    if (waiting.get() == 0) {
      step.run();
    } else {
      takeSlow(step);
    }
  }

  /** Deals with something that may wait for the disk. */
  void takeSlow(Runnable step) {
    waiting.incrementAndGet();
    steps.execute(
        () -> {
          try {
            step.run();
          } finally {
            waiting.decrementAndGet();
          }
        });
  }
}
