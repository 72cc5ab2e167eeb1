package dev.farpool.coordinator.core;

/** How often times fell between fixed bounds. Not thread-safe. */
public final class Histogram {
  private static final long[] BOUNDS_NANOS = {
    100_000L, // 100 µs
    500_000L,
    1_000_000L, // 1 ms
    5_000_000L,
    10_000_000L,
    50_000_000L,
    100_000_000L,
    500_000_000L,
    1_000_000_000L, // 1 s
    5_000_000_000L,
    10_000_000_000L,
    60_000_000_000L,
    300_000_000_000L,
    1_800_000_000_000L,
    3_600_000_000_000L // 1 h
  };

  private final long[] counts = new long[BOUNDS_NANOS.length + 1];
  private double sumNanos;

  /** Adds the same time for so many; below zero it counts as none. */
  public void add(long nanos, long times) {
    int bucket = 0;
    while (bucket < BOUNDS_NANOS.length && nanos > BOUNDS_NANOS[bucket]) {
      bucket++;
    }
    counts[bucket] += times;
    sumNanos += Math.max(0.0, nanos) * times;
  }

  /** What it holds now. */
  public Times read() {
    return new Times(BOUNDS_NANOS.clone(), counts.clone(), sumNanos);
  }

  /**
   * What a histogram held.
   *
   * @param boundsNanos the upper bounds, each included in its range
   * @param counts how often a time fell into each range; the last is for those above all bounds
   * @param sumNanos of all times
   */
  public record Times(long[] boundsNanos, long[] counts, double sumNanos) {}
}
