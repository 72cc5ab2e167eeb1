package dev.farpool.coordinator.core;

import dev.farpool.v1.TaskResult;
import dev.farpool.v1.TraceContext;

/**
 * A time in the life of a traced task that is over.
 *
 * @param phase what the task did in it
 * @param parent what its client gave
 * @param id of {@link TaskSpans#newId}
 * @param poolId the pool
 * @param poolName for people; may be empty
 * @param index the task
 * @param attempt the number of the attempt, or of the next one while it waited
 * @param worker the name of the worker that had it; empty for none
 * @param host that worker's; empty for none
 * @param startNanos on the clock of {@link Scheduler}
 * @param endNanos on the same
 * @param returned whether the attempt came back without having begun
 * @param result what it ended with; null for with a plain result, or not for good
 */
public record TaskSpan(
    Phase phase,
    TraceContext parent,
    long id,
    String poolId,
    String poolName,
    long index,
    int attempt,
    String worker,
    String host,
    long startNanos,
    long endNanos,
    boolean returned,
    TaskResult result) {
  /** What a task does. */
  public enum Phase {
    /** It waits for a worker. */
    WAIT,
    /** A worker has it. */
    ATTEMPT
  }
}
