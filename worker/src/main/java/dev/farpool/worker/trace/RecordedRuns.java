package dev.farpool.worker.trace;

import dev.farpool.common.trace.FinishedSpan;
import dev.farpool.common.trace.SpanClock;
import dev.farpool.common.trace.SpanFailure;
import dev.farpool.common.trace.SpanNames;
import dev.farpool.common.trace.Spans;
import dev.farpool.v1.TaskResult;
import dev.farpool.worker.core.Identity;
import dev.farpool.worker.core.RunSpan;
import dev.farpool.worker.core.RunSpans;
import java.util.LinkedHashMap;
import java.util.Map;

/** Records what the agent tells of traced attempts. */
public final class RecordedRuns implements RunSpans {
  private static final String OPERATION = "run";

  private final Spans spans;
  private final SpanClock clock;
  private final Identity worker;

  /**
   * @param clock of the agent's times
   * @param worker who ran them
   */
  public RecordedRuns(Spans spans, SpanClock clock, Identity worker) {
    this.spans = spans;
    this.clock = clock;
    this.worker = worker;
  }

  @Override
  public long newId() {
    return spans.newId();
  }

  @Override
  public void ended(RunSpan run) {
    long offset = clock.offsetNanos();
    TaskResult result = run.result();
    spans.record(
        new FinishedSpan(
            run.parent(),
            run.id(),
            SpanNames.of(OPERATION, run.poolName()),
            FinishedSpan.Kind.CONSUMER,
            run.startNanos() + offset,
            run.endNanos() + offset,
            attributes(run),
            result == null ? null : SpanFailure.of(result)));
  }

  private Map<String, Object> attributes(RunSpan run) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put(SpanNames.SYSTEM, SpanNames.FARPOOL);
    attributes.put(SpanNames.OPERATION, OPERATION);
    attributes.put(SpanNames.OPERATION_TYPE, SpanNames.PROCESS);
    if (!run.poolName().isEmpty()) {
      attributes.put(SpanNames.POOL, run.poolName());
    }
    attributes.put(SpanNames.POOL_ID, run.poolId());
    attributes.put(SpanNames.INDEX, run.index());
    attributes.put(SpanNames.ATTEMPT, (long) run.attempt());
    attributes.put(SpanNames.WORKER, worker.name());
    attributes.put(SpanNames.HOST, worker.host());
    attributes.put(SpanNames.PID, run.pid());
    if (run.result() != null && run.result().getExit().hasCode()) {
      attributes.put(SpanNames.EXIT_CODE, (long) run.result().getExit().getCode());
    }
    return attributes;
  }
}
