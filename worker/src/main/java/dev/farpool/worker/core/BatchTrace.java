package dev.farpool.worker.core;

import dev.farpool.common.trace.TraceContexts;
import dev.farpool.v1.TraceContext;

/**
 * The trace of a batch.
 *
 * @param parent what the coordinator gave
 * @param spans for each task the id of the span of its run; null where they are only handed on
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and not copied on the way.
record BatchTrace(TraceContext parent, long[] spans) {
  boolean isRecorded() {
    return spans != null;
  }

  /** What a task is told. */
  TraceContext told(int at) {
    return spans == null ? parent : TraceContexts.withSpan(parent, spans[at]);
  }
}
