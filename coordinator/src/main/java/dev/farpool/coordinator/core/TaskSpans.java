package dev.farpool.coordinator.core;

/** Takes what the core tells of traced tasks. */
public interface TaskSpans {
  /** An id for a span that is told of when it is over. Never 0. */
  long newId();

  /** A span is over. */
  void ended(TaskSpan span);
}
