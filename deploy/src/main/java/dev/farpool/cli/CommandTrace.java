package dev.farpool.cli;

import dev.farpool.common.trace.TraceContexts;
import dev.farpool.common.trace.Tracing;
import dev.farpool.v1.TraceContext;
import java.util.Map;

/**
 * The trace that a command's tasks belong to: that of whoever started the command, as
 * OpenTelemetry's environment variables tell it, with a span of the command where spans are asked
 * for.
 */
final class CommandTrace implements AutoCloseable {
  private final TraceContext caller;
  private final CommandSpan span;

  private CommandTrace(TraceContext caller, CommandSpan span) {
    this.caller = caller;
    this.span = span;
  }

  /**
   * Begins the span, if one is wanted.
   *
   * @throws CommandException if OpenTelemetry cannot be set up as asked
   */
  static CommandTrace begin(String command, String poolId) {
    TraceContext caller = caller(System.getenv());
    return new CommandTrace(
        caller, Tracing.isConfigured() ? CommandSpan.begin(command, poolId, caller) : null);
  }

  static TraceContext caller(Map<String, String> environment) {
    return TraceContexts.valid(
        TraceContext.newBuilder()
            .setTraceparent(environment.getOrDefault("TRACEPARENT", ""))
            .setTracestate(environment.getOrDefault("TRACESTATE", ""))
            .build());
  }

  /** What the tasks are told; null for nothing. */
  TraceContext context() {
    return span == null ? caller : span.context();
  }

  /** The command ends with this exit code. */
  int ended(int exitCode) {
    if (span != null) {
      span.ended(exitCode);
    }
    return exitCode;
  }

  /** Sends the span. One that has not ended has failed. */
  @Override
  public void close() {
    if (span != null) {
      span.close();
    }
  }
}
