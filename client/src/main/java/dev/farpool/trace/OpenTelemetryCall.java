package dev.farpool.trace;

import dev.farpool.common.trace.SpanFailure;
import dev.farpool.core.Outcome;
import dev.farpool.v1.TraceContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;

/** A span by OpenTelemetry's API. */
final class OpenTelemetryCall implements CallSpan {
  private static final System.Logger LOG = System.getLogger(CallSpan.class.getName());
  private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
  private static final AttributeKey<String> EXCEPTION_TYPE =
      AttributeKey.stringKey("exception.type");
  private static final AttributeKey<String> EXCEPTION_MESSAGE =
      AttributeKey.stringKey("exception.message");
  private static final AttributeKey<String> EXCEPTION_STACK =
      AttributeKey.stringKey("exception.stacktrace");

  private final Span span;
  private final TraceContext context;

  OpenTelemetryCall(Span span) {
    this.span = span;
    this.context = context(span);
  }

  /** Always as W3C has it: what the program speaks to others does not matter here. */
  private static TraceContext context(Span span) {
    TraceContext.Builder context = TraceContext.newBuilder();
    W3CTraceContextPropagator.getInstance()
        .inject(
            Context.root().with(span),
            context,
            (to, name, value) -> {
              if (name.equals("traceparent")) {
                to.setTraceparent(value);
              } else {
                to.setTracestate(value);
              }
            });
    return context.build();
  }

  @Override
  public TraceContext context() {
    return context;
  }

  /** Whatever somebody has added to the SDK makes of it: the call has its result all the same. */
  @Override
  public void end(Outcome outcome) {
    try {
      endUnguarded(outcome);
    } catch (RuntimeException broken) {
      LOG.log(System.Logger.Level.DEBUG, "a span was not ended", broken);
    }
  }

  private void endUnguarded(Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      fail(SpanFailure.of(failed.failure()));
    } else if (outcome instanceof Outcome.Exited exited) {
      fail(SpanFailure.of(exited.status()));
    } else if (outcome instanceof Outcome.Refused refused) {
      span.setStatus(StatusCode.ERROR, String.valueOf(refused.cause().getMessage()));
      span.setAttribute(ERROR_TYPE, refused.cause().getClass().getName());
      span.recordException(refused.cause());
    }
    span.end();
  }

  private void fail(SpanFailure failure) {
    if (failure == null) {
      return;
    }
    span.setStatus(StatusCode.ERROR, failure.message());
    span.setAttribute(ERROR_TYPE, failure.type());
    if (!failure.exception().isEmpty()) {
      span.addEvent(
          "exception",
          Attributes.of(
              EXCEPTION_TYPE, failure.exception(),
              EXCEPTION_MESSAGE, failure.message(),
              EXCEPTION_STACK, failure.stackTrace()));
    }
  }
}
