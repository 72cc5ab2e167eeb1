package dev.farpool.coordinator.core;

import dev.farpool.common.trace.TraceContexts;
import dev.farpool.v1.TraceContext;
import java.util.Arrays;

/** The trace of a slab's tasks; where spans are recorded, also since when each waits or runs. */
final class SlabTrace {
  private static final long CONTEXT_BYTES = 250;
  private static final long TASK_BYTES = 16;

  final TraceContext context;
  private final long[] spans;
  private final long[] since;

  private SlabTrace(TraceContext context, long[] spans, long[] since) {
    this.context = context;
    this.spans = spans;
    this.since = since;
  }

  /** Tasks whose trace is only handed on. */
  static SlabTrace passed(TraceContext context) {
    return new SlabTrace(context, null, null);
  }

  /** Tasks whose spans are recorded, and that wait now. */
  static SlabTrace recorded(TraceContext context, int tasks, long nowNanos) {
    long[] since = new long[tasks];
    Arrays.fill(since, nowNanos);
    return new SlabTrace(context, new long[tasks], since);
  }

  boolean isRecorded() {
    return spans != null;
  }

  long heapBytes() {
    return CONTEXT_BYTES + (spans == null ? 0 : TASK_BYTES * spans.length);
  }

  /** What a worker is told of a task. */
  TraceContext told(int at) {
    return spans == null || spans[at] == 0 ? context : TraceContexts.withSpan(context, spans[at]);
  }

  /** The span of the attempt under way; 0 for none, or one that began at another coordinator. */
  long span(int at) {
    return spans[at];
  }

  long sinceNanos(int at) {
    return since[at];
  }

  /** An attempt begins, or with span 0 the task waits. */
  void begin(int at, long span, long nowNanos) {
    spans[at] = span;
    since[at] = nowNanos;
  }
}
