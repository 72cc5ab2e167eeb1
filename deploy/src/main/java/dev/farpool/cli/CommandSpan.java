package dev.farpool.cli;

import dev.farpool.common.trace.TraceContexts;
import dev.farpool.common.trace.TracingSdk;
import dev.farpool.core.Outcome;
import dev.farpool.trace.CallSpan;
import dev.farpool.trace.OpenTelemetryCalls;
import dev.farpool.v1.ExitStatus;
import dev.farpool.v1.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.util.Map;

/** The span of a command, sent as the environment variables of OpenTelemetry say. */
final class CommandSpan implements AutoCloseable {
  private static final int FAILED = 1;

  private final OpenTelemetrySdk sdk;
  private final CallSpan span;
  private boolean ended;

  private CommandSpan(OpenTelemetrySdk sdk, CallSpan span) {
    this.sdk = sdk;
    this.span = span;
  }

  /**
   * Begins it.
   *
   * @param caller whose child it is; null for none
   * @throws CommandException if OpenTelemetry cannot be set up as asked
   */
  @SuppressWarnings("try") // The scope is closed, nothing else is wanted of it.
  static CommandSpan begin(String command, String poolId, TraceContext caller) {
    OpenTelemetrySdk sdk;
    try {
      sdk = TracingSdk.open("farpool", Map.of("service.version", Version.number()));
    } catch (IllegalArgumentException wrong) {
      throw CommandException.wrong(wrong.getMessage());
    }
    try (Scope current = parent(caller).makeCurrent()) {
      return new CommandSpan(sdk, OpenTelemetryCalls.of(sdk).begin(command, "", poolId, 0));
    }
  }

  private static Context parent(TraceContext caller) {
    if (caller == null) {
      return Context.root();
    }
    SpanContext context =
        SpanContext.createFromRemoteParent(
            TraceContexts.traceId(caller),
            TraceContexts.spanId(caller),
            TraceFlags.fromByte(TraceContexts.flags(caller)),
            TraceState.getDefault());
    return Context.root().with(Span.wrap(context));
  }

  /** Null if it is not sampled: then nobody is to make spans of the tasks either. */
  TraceContext context() {
    return span == null ? null : span.context();
  }

  void ended(int exitCode) {
    if (span != null && !ended) {
      ended = true;
      span.end(new Outcome.Exited(ExitStatus.newBuilder().setCode(exitCode).build()));
    }
  }

  @Override
  public void close() {
    ended(FAILED);
    TracingSdk.close(sdk);
  }
}
