package dev.farpool.trace;

import dev.farpool.core.Outcome;
import dev.farpool.v1.TraceContext;

/** The span of one call, from its submission to its result. Thread-safe. */
public interface CallSpan {
  /** What its tasks are told. */
  TraceContext context();

  /**
   * The call is over. Only the first time counts.
   *
   * @param outcome the one that decides; null for a success
   */
  void end(Outcome outcome);
}
