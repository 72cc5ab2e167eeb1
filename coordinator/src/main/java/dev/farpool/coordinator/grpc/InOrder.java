package dev.farpool.coordinator.grpc;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/**
 * Runs the steps of one call one after the other on shared threads, without holding a thread
 * between them. Thread-safe.
 */
final class InOrder implements Executor {
  private final Executor threads;
  private final ArrayDeque<Runnable> steps = new ArrayDeque<>();
  private boolean running;

  InOrder(Executor threads) {
    this.threads = threads;
  }

  @Override
  public void execute(Runnable step) {
    synchronized (steps) {
      steps.add(step);
      if (running) {
        return;
      }
      running = true;
    }
    threads.execute(this::runNext);
  }

  private void runNext() {
    Runnable step;
    synchronized (steps) {
      step = steps.poll();
    }
    try {
      step.run();
    } finally {
      boolean more;
      synchronized (steps) {
        more = !steps.isEmpty();
        running = more;
      }
      if (more) {
        threads.execute(this::runNext);
      }
    }
  }
}
