package dev.farpool.peers.load;

import java.util.Arrays;
import java.util.List;

/** One task at a time: from submitting it to having its result. */
public final class Latencies {
  private static final int FIRST = 100;
  private static final int MOST = 20_000;
  private static final double NANOS_PER_MICRO = 1e3;

  private Latencies() {}

  /** The p50 and p99 of the last round. */
  public static List<Sample> of(Stopwatch stopwatch, Round one) throws Exception {
    long[][] times = new long[1][];
    stopwatch.rate(FIRST, MOST, count -> times[0] = times(one, count));
    Arrays.sort(times[0]);
    return List.of(sample("p50", times[0], 50), sample("p99", times[0], 99));
  }

  private static long[] times(Round one, int count) throws Exception {
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      long begin = System.nanoTime();
      one.run(1);
      times[i] = System.nanoTime() - begin;
    }
    return times;
  }

  private static Sample sample(String name, long[] sorted, int percent) {
    return new Sample("latency", name, "us", percentile(sorted, percent) / NANOS_PER_MICRO);
  }

  /** The least value that so many of a hundred do not exceed. */
  static long percentile(long[] sorted, int percent) {
    int rank = (int) Math.ceil(sorted.length * percent / 100.0);
    return sorted[Math.max(rank, 1) - 1];
  }
}
