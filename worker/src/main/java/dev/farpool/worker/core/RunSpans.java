package dev.farpool.worker.core;

/** Takes what the agent tells of traced attempts. */
public interface RunSpans {
  /** An id for a span that is told of when it is over. Never 0. */
  long newId();

  /** A run is over. */
  void ended(RunSpan span);
}
