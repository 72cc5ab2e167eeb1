package dev.farpool.trace;

import dev.farpool.core.Outcome;
import dev.farpool.core.TaskSink;
import dev.farpool.v1.TraceContext;

/** Ends the span of a call of one task when its outcome comes. */
public final class TracedSink implements TaskSink {
  private final TaskSink sink;
  private final CallSpan span;

  /**
   * @param sink gets the outcome afterwards
   */
  public TracedSink(TaskSink sink, CallSpan span) {
    this.sink = sink;
    this.span = span;
  }

  @Override
  public TraceContext trace() {
    return span.context();
  }

  @Override
  public void indexed(long index) {
    sink.indexed(index);
  }

  @Override
  public void accept(Outcome outcome) {
    span.end(outcome);
    sink.accept(outcome);
  }
}
