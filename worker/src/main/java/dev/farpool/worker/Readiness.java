package dev.farpool.worker;

import java.util.function.Consumer;

/**
 * Whether the worker takes tasks: it is attached and does not drain. Its listener is told of each
 * change, one after the other. Thread-safe.
 */
final class Readiness {
  private final Consumer<Boolean> listener;
  private boolean attached;
  private boolean draining;
  private boolean told;

  Readiness(Consumer<Boolean> listener) {
    this.listener = listener;
  }

  /** The connection to the coordinator has come or gone. */
  synchronized void attached(boolean now) {
    attached = now;
    tell();
  }

  /** It takes no more tasks, for good. */
  synchronized void draining() {
    draining = true;
    tell();
  }

  private void tell() {
    boolean ready = attached && !draining;
    if (ready != told) {
      told = ready;
      listener.accept(ready);
    }
  }
}
