package dev.farpool.coordinator.history;

import java.util.Arrays;

/**
 * Counts time spans in buckets whose width grows with the span: eight to each doubling, from a
 * microsecond to twenty hours. A span that is read from it is wrong by at most about 6 %.
 */
final class Percentiles {
  private static final int LEAST_EXPONENT = 10;
  private static final int MOST_EXPONENT = 46;
  private static final int STEP_BITS = 3;
  private static final int STEPS = 1 << STEP_BITS;
  private static final int BUCKETS = 2 + (MOST_EXPONENT - LEAST_EXPONENT) * STEPS;

  private final long[] counts = new long[BUCKETS];
  private long total;

  /** So many spans of about this length. */
  void add(long nanos, long count) {
    counts[bucket(nanos)] += count;
    total += count;
  }

  boolean isEmpty() {
    return total == 0;
  }

  void clear() {
    Arrays.fill(counts, 0);
    total = 0;
  }

  /** The span that so many of 100 do not exceed; only when there is one. */
  long percentile(int percent) {
    long rank = (total * percent + 99) / 100;
    int at = 0;
    for (long seen = counts[0]; seen < rank; seen += counts[at]) {
      at++;
    }
    return middle(at);
  }

  private static int bucket(long nanos) {
    if (nanos < 1L << LEAST_EXPONENT) {
      return 0;
    }
    int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
    if (exponent >= MOST_EXPONENT) {
      return BUCKETS - 1;
    }
    int step = (int) (nanos >>> (exponent - STEP_BITS)) & (STEPS - 1);
    return 1 + (exponent - LEAST_EXPONENT) * STEPS + step;
  }

  private static long middle(int bucket) {
    if (bucket == 0) {
      return 1L << (LEAST_EXPONENT - 1);
    }
    if (bucket == BUCKETS - 1) {
      return 1L << MOST_EXPONENT;
    }
    int exponent = LEAST_EXPONENT + (bucket - 1) / STEPS;
    long width = 1L << (exponent - STEP_BITS);
    return (1L << exponent) + (bucket - 1) % STEPS * width + width / 2;
  }
}
