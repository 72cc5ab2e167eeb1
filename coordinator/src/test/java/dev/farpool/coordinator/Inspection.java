package dev.farpool.coordinator;

import dev.farpool.coordinator.core.Command;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Looks into a coordinator from within its loop's turn. */
public final class Inspection {
  private Inspection() {}

  /** Checks that the parts of its state agree with one another; null if they do. */
  public static RuntimeException broken(Coordinator coordinator) {
    AtomicReference<RuntimeException> broken = new AtomicReference<>();
    loop(coordinator)
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

  @SuppressWarnings("unchecked") // That is what the field is.
  private static Consumer<Command> loop(Coordinator coordinator) {
    try {
      var field = Coordinator.class.getDeclaredField("loop");
      field.setAccessible(true);
      return (Consumer<Command>) field.get(coordinator);
    } catch (ReflectiveOperationException renamed) {
      throw new IllegalStateException("a coordinator has no loop any more", renamed);
    }
  }
}
