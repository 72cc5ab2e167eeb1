package dev.farpool.common;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Delays between attempts to reconnect: exponential, with full jitter, so that a thousand peers
 * that lost the same coordinator do not come back in step. Not thread-safe.
 */
public final class Backoff {
  private final long baseNanos;
  private final long capNanos;
  private final RandomGenerator random;
  private int failures;

  /**
   * @param base the upper bound of the first delay
   * @param cap the upper bound of all delays
   * @param random draws the jitter
   */
  public Backoff(Duration base, Duration cap, RandomGenerator random) {
    this.baseNanos = base.toNanos();
    this.capNanos = cap.toNanos();
    this.random = random;
  }

  /** The next delay: random between zero and a bound that doubles with each call. */
  public Duration next() {
    int doublings = Math.min(failures++, 30);
    long bound =
        Math.min(
            capNanos, baseNanos << Math.min(doublings, Long.numberOfLeadingZeros(baseNanos) - 1));
    return Duration.ofNanos(random.nextLong(bound + 1));
  }

  /** Starts again at the base: to be called after a connection has held. */
  public void reset() {
    failures = 0;
  }
}
