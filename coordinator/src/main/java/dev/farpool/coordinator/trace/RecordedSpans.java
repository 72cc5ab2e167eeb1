package dev.farpool.coordinator.trace;

import dev.farpool.common.trace.FinishedSpan;
import dev.farpool.common.trace.SpanClock;
import dev.farpool.common.trace.SpanFailure;
import dev.farpool.common.trace.SpanNames;
import dev.farpool.common.trace.Spans;
import dev.farpool.coordinator.core.TaskSpan;
import dev.farpool.coordinator.core.TaskSpans;
import java.util.LinkedHashMap;
import java.util.Map;

/** Records what the core tells of traced tasks. */
public final class RecordedSpans implements TaskSpans {
  private final Spans spans;
  private final SpanClock clock;

  /**
   * @param clock of the core's times
   */
  public RecordedSpans(Spans spans, SpanClock clock) {
    this.spans = spans;
    this.clock = clock;
  }

  @Override
  public long newId() {
    return spans.newId();
  }

  @Override
  public void ended(TaskSpan task) {
    boolean waited = task.phase() == TaskSpan.Phase.WAIT;
    String operation = waited ? "wait" : "attempt";
    long offset = clock.offsetNanos();
    spans.record(
        new FinishedSpan(
            task.parent(),
            task.id(),
            SpanNames.of(operation, task.poolName()),
            waited ? FinishedSpan.Kind.CONSUMER : FinishedSpan.Kind.PRODUCER,
            task.startNanos() + offset,
            task.endNanos() + offset,
            attributes(task, operation),
            task.result() == null ? null : SpanFailure.of(task.result())));
  }

  private static Map<String, Object> attributes(TaskSpan task, String operation) {
    boolean waited = task.phase() == TaskSpan.Phase.WAIT;
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put(SpanNames.SYSTEM, SpanNames.FARPOOL);
    attributes.put(SpanNames.OPERATION, operation);
    attributes.put(SpanNames.OPERATION_TYPE, waited ? SpanNames.RECEIVE : SpanNames.SEND);
    if (!task.poolName().isEmpty()) {
      attributes.put(SpanNames.POOL, task.poolName());
    }
    attributes.put(SpanNames.POOL_ID, task.poolId());
    attributes.put(SpanNames.INDEX, task.index());
    attributes.put(SpanNames.ATTEMPT, (long) task.attempt());
    if (!task.worker().isEmpty()) {
      attributes.put(SpanNames.WORKER, task.worker());
    }
    if (task.returned()) {
      attributes.put(SpanNames.RETURNED, "true");
    }
    return attributes;
  }
}
