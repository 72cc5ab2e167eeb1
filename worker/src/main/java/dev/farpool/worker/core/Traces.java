package dev.farpool.worker.core;

import dev.farpool.common.trace.TraceContexts;
import dev.farpool.v1.Failure;
import dev.farpool.v1.TaskBatch;
import dev.farpool.v1.TaskResult;
import dev.farpool.v1.TraceContext;
import java.util.List;

/** Tells how traced attempts ran; others cost a comparison. */
final class Traces {
  private final RunSpans spans;

  /**
   * @param spans null where nobody wants to know
   */
  Traces(RunSpans spans) {
    this.spans = spans;
  }

  /** The trace of a batch that has come; null for none. */
  BatchTrace of(TaskBatch batch, int tasks) {
    TraceContext context = batch.hasTrace() ? TraceContexts.valid(batch.getTrace()) : null;
    if (context == null) {
      return null;
    }
    return new BatchTrace(
        context, spans != null && TraceContexts.isSampled(context) ? newIds(tasks) : null);
  }

  private long[] newIds(int tasks) {
    long[] ids = new long[tasks];
    for (int i = 0; i < tasks; i++) {
      ids[i] = spans.newId();
    }
    return ids;
  }

  /** Tasks ran one after the other for so long together, each to a plain result. */
  void succeeded(Pipeline pipeline, List<TaskRun> runs, int tasks, long ranNanos, long now) {
    if (spans == null) {
      return;
    }
    long mean = ranNanos / tasks;
    long start = now - ranNanos;
    for (TaskRun run : runs) {
      for (int i = 0; isRecorded(run) && i < run.count(); i++) {
        long began = start + i * mean;
        tell(pipeline, run.head(i + 1).tail(i), null, began, began + mean);
      }
      start += run.count() * mean;
    }
  }

  /** A task ran for so long, to an outcome of its own. */
  void ended(Pipeline pipeline, TaskRun run, TaskResult result, long ranNanos, long now) {
    tell(pipeline, run, result, now - ranNanos, now);
  }

  /** A task ran for so long, to a failure. */
  void failed(Pipeline pipeline, TaskRun run, Failure failure, long ranNanos, long now) {
    if (isRecorded(run)) {
      ended(pipeline, run, TaskResult.newBuilder().setFailure(failure).build(), ranNanos, now);
    }
  }

  private static boolean isRecorded(TaskRun run) {
    return run.batch().trace() != null && run.batch().trace().isRecorded();
  }

  private void tell(Pipeline pipeline, TaskRun run, TaskResult result, long start, long end) {
    if (!isRecorded(run)) {
      return;
    }
    BatchTrace trace = run.batch().trace();
    spans.ended(
        new RunSpan(
            trace.parent(),
            trace.spans()[run.from()],
            pipeline.pool.id,
            pipeline.pool.spec.getName(),
            run.firstIndex(),
            run.attempt(),
            pipeline.pid,
            start,
            end,
            result));
  }
}
