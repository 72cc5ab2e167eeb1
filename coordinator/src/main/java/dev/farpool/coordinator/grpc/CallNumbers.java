package dev.farpool.coordinator.grpc;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers for calls and connections, never given twice. Those of a later start are higher than
 * those of an earlier one, so that epochs of workers grow for ever. Thread-safe.
 */
public final class CallNumbers {
  /** More connections than this in a millisecond there will not be. */
  private static final int BITS_WITHIN_MILLISECOND = 12;

  private final AtomicLong next;

  /**
   * @param startMillis when this coordinator started, in milliseconds since 1970
   */
  public CallNumbers(long startMillis) {
    this.next = new AtomicLong(startMillis << BITS_WITHIN_MILLISECOND);
  }

  long next() {
    return next.incrementAndGet();
  }
}
