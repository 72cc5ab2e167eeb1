package dev.farpool.common.trace;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Brings times of a clock that never goes back to the time of day, which spans are told in.
 *
 * @param wall the time of day
 * @param nanoTime the clock of the times given
 */
public record SpanClock(InstantSource wall, LongSupplier nanoTime) {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** That of this machine. */
  public static SpanClock of(LongSupplier nanoTime) {
    return new SpanClock(InstantSource.system(), nanoTime);
  }

  /** What to add to times of the clock for nanoseconds since 1970, as of now. */
  public long offsetNanos() {
    Instant now = wall.instant();
    return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano() - nanoTime.getAsLong();
  }
}
