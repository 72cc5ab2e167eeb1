package dev.farpool.worker.core;

import dev.farpool.v1.TaskResult;
import dev.farpool.v1.TraceContext;

/**
 * The run of a traced attempt that is over.
 *
 * @param parent what the coordinator gave
 * @param id of {@link RunSpans#newId}
 * @param poolId the pool
 * @param poolName for people; may be empty
 * @param index the task
 * @param attempt the number of the attempt
 * @param pid the process id of the executor
 * @param startNanos on the clock of {@link Agent}
 * @param endNanos on the same
 * @param result what it ended with; null for with a plain result
 */
public record RunSpan(
    TraceContext parent,
    long id,
    String poolId,
    String poolName,
    long index,
    int attempt,
    long pid,
    long startNanos,
    long endNanos,
    TaskResult result) {}
