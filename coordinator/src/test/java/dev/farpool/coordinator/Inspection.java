package dev.farpool.coordinator;

import java.util.concurrent.atomic.AtomicReference;

/** Looks into a coordinator from within its loop's turn. */
public final class Inspection {
  private Inspection() {}

  /** Checks that the parts of its state agree with one another; null if they do. */
  public static RuntimeException broken(Coordinator coordinator) {
    AtomicReference<RuntimeException> broken = new AtomicReference<>();
    coordinator
        .loop()
        .accept(
            (scheduler, now) -> {
              try {
                scheduler.checkInvariants();
              } catch (RuntimeException disagreement) {
                broken.set(disagreement);
              }
            });
    return broken.get();
  }
}
