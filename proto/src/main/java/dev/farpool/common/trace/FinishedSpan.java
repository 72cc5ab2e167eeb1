package dev.farpool.common.trace;

import dev.farpool.v1.TraceContext;
import java.util.Map;

/**
 * A span that is over.
 *
 * @param parent the trace it belongs to and the span it is a child of; valid
 * @param id of {@link Spans#newId}
 * @param name of what was done
 * @param kind its place in the conversation of processes
 * @param startNanos since 1970
 * @param endNanos since 1970
 * @param attributes texts, and numbers as {@link Long}
 * @param failure null for none
 */
public record FinishedSpan(
    TraceContext parent,
    long id,
    String name,
    Kind kind,
    long startNanos,
    long endNanos,
    Map<String, Object> attributes,
    SpanFailure failure) {
  /** The place of a span in the conversation of processes. */
  public enum Kind {
    /** Hands something to another process, whose span is its child. */
    PRODUCER,
    /** Deals with what another process has handed over. */
    CONSUMER
  }
}
