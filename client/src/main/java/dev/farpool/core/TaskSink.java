package dev.farpool.core;

import dev.farpool.v1.TraceContext;

/** Whoever waits for a task. */
public interface TaskSink {
  /**
   * Tells the index of the task in its pool. Called under the pool's lock, at the submission and
   * again when it moves up because tasks before it were refused.
   */
  void indexed(long index);

  /** Tells the outcome, once. Must not block. */
  void accept(Outcome outcome);

  /** Tells what the codec in the executor has to tell while the task runs. Must not block. */
  default void noted(byte[] note) {}

  /** The span that the task is to be a child of; null for none. */
  default TraceContext trace() {
    return null;
  }
}
