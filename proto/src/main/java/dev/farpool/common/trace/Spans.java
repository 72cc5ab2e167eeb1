package dev.farpool.common.trace;

/** Takes spans that are over, for whoever collects them. Thread-safe. */
public interface Spans extends AutoCloseable {
  /** An id for a span that is recorded later. Never 0. */
  long newId();

  /** Takes a span. Does not wait. */
  void record(FinishedSpan span);

  /** Sends what was taken, for some seconds at most. */
  @Override
  void close();
}
