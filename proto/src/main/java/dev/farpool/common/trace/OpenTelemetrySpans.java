package dev.farpool.common.trace;

import dev.farpool.v1.TraceContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.internal.W3CTraceContextEncoding;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Spans by OpenTelemetry's SDK, set up as its environment variables say. */
final class OpenTelemetrySpans implements Spans {
  private static final System.Logger LOG = System.getLogger(Spans.class.getName());
  private static final String SCOPE = "dev.farpool";
  private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
  private static final AttributeKey<String> EXCEPTION_TYPE =
      AttributeKey.stringKey("exception.type");
  private static final AttributeKey<String> EXCEPTION_MESSAGE =
      AttributeKey.stringKey("exception.message");
  private static final AttributeKey<String> EXCEPTION_STACK =
      AttributeKey.stringKey("exception.stacktrace");

  private final OpenTelemetrySdk sdk;
  private final Tracer tracer;
  private final GivenIds ids;

  private OpenTelemetrySpans(OpenTelemetrySdk sdk, GivenIds ids) {
    this.sdk = sdk;
    this.tracer = sdk.getTracer(SCOPE);
    this.ids = ids;
  }

  static OpenTelemetrySpans open(String service, Map<String, String> resource) {
    GivenIds ids = new GivenIds();
    return new OpenTelemetrySpans(TracingSdk.open(service, resource, ids), ids);
  }

  @Override
  public long newId() {
    return ids.newId();
  }

  /** Whatever the SDK, or what somebody has added to it, makes of it: no task suffers. */
  @Override
  public void record(FinishedSpan span) {
    try {
      recordUnguarded(span);
    } catch (RuntimeException broken) {
      LOG.log(System.Logger.Level.DEBUG, "a span was not recorded", broken);
    }
  }

  private void recordUnguarded(FinishedSpan span) {
    SpanBuilder builder =
        tracer
            .spanBuilder(span.name())
            .setParent(Context.root().with(Span.wrap(parent(span.parent()))))
            .setSpanKind(SpanKind.valueOf(span.kind().name()))
            .setStartTimestamp(span.startNanos(), TimeUnit.NANOSECONDS);
    span.attributes().forEach((name, value) -> set(builder, name, value));
    Span started = ids.with(span.id(), builder::startSpan);
    if (span.failure() != null) {
      fail(started, span.failure(), span.endNanos());
    }
    started.end(span.endNanos(), TimeUnit.NANOSECONDS);
  }

  private static void set(SpanBuilder span, String name, Object value) {
    if (value instanceof Long number) {
      span.setAttribute(name, number);
    } else {
      span.setAttribute(name, value.toString());
    }
  }

  private static void fail(Span span, SpanFailure failure, long nanos) {
    span.setStatus(StatusCode.ERROR, failure.message());
    span.setAttribute(ERROR_TYPE, failure.type());
    if (!failure.exception().isEmpty()) {
      Attributes exception =
          Attributes.of(
              EXCEPTION_TYPE, failure.exception(),
              EXCEPTION_MESSAGE, failure.message(),
              EXCEPTION_STACK, failure.stackTrace());
      span.addEvent("exception", exception, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private static SpanContext parent(TraceContext context) {
    return SpanContext.createFromRemoteParent(
        TraceContexts.traceId(context),
        TraceContexts.spanId(context),
        TraceFlags.fromByte(TraceContexts.flags(context)),
        state(context.getTracestate()));
  }

  private static TraceState state(String text) {
    try {
      return text.isEmpty()
          ? TraceState.getDefault()
          : W3CTraceContextEncoding.decodeTraceState(text);
    } catch (IllegalArgumentException unreadable) {
      return TraceState.getDefault();
    }
  }

  @Override
  public void close() {
    TracingSdk.close(sdk);
  }
}
