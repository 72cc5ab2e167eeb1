package dev.farpool.worker.core;

import dev.farpool.v1.Failure;

/**
 * A running task on its way to its end: what was done about it, and when the next step is due.
 *
 * @param sequence the task, counted in its executor
 * @param outcome what to report if the task does not end by itself first
 * @param step what was done last
 * @param dueNanos when the next step is due
 */
record Stop(long sequence, Failure outcome, Step step, long dueNanos) {
  /** The steps, each harsher than the one before. */
  enum Step {
    INTERRUPTED,
    TERMINATED,
    KILLED
  }

  /** The last step; it is still for the same task, also if that has ended and another runs. */
  Stop killed() {
    return new Stop(sequence, outcome, Step.KILLED, Long.MAX_VALUE);
  }

  /** Whether it is this task's end, and not that of another one of its executor. */
  boolean ends(long task) {
    return outcome != null && sequence == task;
  }

  /** Whether the task was cancelled, and not stopped for another reason. */
  boolean isCancel() {
    return outcome != null && outcome.getKind() == Failure.Kind.KIND_CANCELLED;
  }
}
