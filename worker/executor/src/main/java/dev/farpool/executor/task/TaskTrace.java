package dev.farpool.executor.task;

import java.util.Map;

/**
 * The span that a task belongs to, in the words of W3C's Trace Context.
 *
 * @param parent well-formed
 * @param state may be empty
 */
public record TaskTrace(String parent, String state) {
  private static final int TRACE_AT = 3;
  private static final int SPAN_AT = 36;
  private static final int FLAGS_AT = 53;

  String traceId() {
    return parent.substring(TRACE_AT, SPAN_AT - 1);
  }

  String spanId() {
    return parent.substring(SPAN_AT, FLAGS_AT - 1);
  }

  byte flags() {
    return (byte) Integer.parseInt(parent.substring(FLAGS_AT), 16);
  }

  /** Tells a command, as OpenTelemetry has it for environment variables. */
  void addTo(Map<String, String> environment) {
    environment.put("TRACEPARENT", parent);
    if (state.isEmpty()) {
      environment.remove("TRACESTATE");
    } else {
      environment.put("TRACESTATE", state);
    }
  }
}
