package dev.farpool.simulation.work;

import dev.farpool.v1.CancelMode;
import java.util.List;

/** Something a user does with a pool, so many milliseconds after it was created. */
public sealed interface Step {
  /** When. */
  int atMillis();

  /**
   * Tasks are submitted, one after the other.
   *
   * @param function which of the pool's functions they call
   */
  record Submit(int atMillis, int function, TaskTerms terms, List<TaskScript> tasks)
      implements Step {}

  /**
   * Tasks are cancelled, if they were submitted.
   *
   * @param first the tag of the first
   * @param count how many
   */
  record Cancel(int atMillis, int first, int count, CancelMode mode) implements Step {}

  /** A task's process is sent a signal. */
  record Signal(int atMillis, int tag, int signal) implements Step {}

  /** Somebody asks what a task waits for. */
  record Explain(int atMillis, int tag) implements Step {}

  /** The pool is closed. */
  record Close(int atMillis) implements Step {}

  /** The pool is terminated. */
  record Terminate(int atMillis) implements Step {}
}
