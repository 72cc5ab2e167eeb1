package dev.farpool.trace;

import dev.farpool.common.trace.SpanNames;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;

/** Spans of calls by OpenTelemetry's API. */
public final class OpenTelemetryCalls implements CallTracer {
  private static final String SCOPE = "dev.farpool";

  private final Tracer tracer;

  private OpenTelemetryCalls(Tracer tracer) {
    this.tracer = tracer;
  }

  /** Asks without setting a global one that does nothing, which could not be set any more. */
  static OpenTelemetryCalls ofThisProgram() {
    return GlobalOpenTelemetry.isSet() ? of(GlobalOpenTelemetry.get()) : null;
  }

  /** By an instance that need not be the global one. */
  public static OpenTelemetryCalls of(OpenTelemetry openTelemetry) {
    return new OpenTelemetryCalls(openTelemetry.getTracer(SCOPE));
  }

  @Override
  public CallSpan begin(String operation, String pool, String poolId, int items) {
    SpanBuilder builder =
        tracer.spanBuilder(SpanNames.of(operation, pool)).setSpanKind(SpanKind.PRODUCER);
    builder.setAttribute(SpanNames.SYSTEM, SpanNames.FARPOOL);
    builder.setAttribute(SpanNames.OPERATION, operation);
    builder.setAttribute(SpanNames.OPERATION_TYPE, SpanNames.SEND);
    if (!pool.isEmpty()) {
      builder.setAttribute(SpanNames.POOL, pool);
    }
    builder.setAttribute(SpanNames.POOL_ID, poolId);
    if (items > 0) {
      builder.setAttribute(SpanNames.ITEMS, items);
    }
    Span span = builder.startSpan();
    // The others are not told either: their context would keep tasks from travelling together.
    return span.getSpanContext().isSampled() ? new OpenTelemetryCall(span) : null;
  }
}
