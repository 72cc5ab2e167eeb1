package dev.farpool.peers.load;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Measures rounds: first longer and longer ones until they take a second and whatever is measured
 * is warm, then some that count, of which the median is taken.
 */
public final class Stopwatch {
  private static final long ROUND = TimeUnit.SECONDS.toNanos(1);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
  private static final double NANOS = 1e9;

  private final long warmUp;
  private final int repeat;

  /**
   * @param warmUpSeconds for how long rounds do not count at least
   * @param repeat how many rounds count, if they do not take too long together
   */
  public Stopwatch(double warmUpSeconds, int repeat) {
    this.warmUp = (long) (warmUpSeconds * NANOS);
    this.repeat = repeat;
  }

  /** With the warm-up and the rounds that the command line begins with. */
  public static Stopwatch of(String[] arguments) {
    return new Stopwatch(Double.parseDouble(arguments[0]), Integer.parseInt(arguments[1]));
  }

  /**
   * Tasks in a second.
   *
   * @param first how many tasks the first round has; later ones have two, four, eight times as many
   * @param most how many tasks a round has at most
   */
  public double rate(int first, int most, Round round) throws Exception {
    int count = settle(first, most, round);
    long begin = System.nanoTime();
    double[] rates = new double[repeat];
    int done = 0;
    while (done < repeat && (done == 0 || System.nanoTime() - begin < PATIENCE)) {
      rates[done++] = count * NANOS / time(round, count);
    }
    return median(Arrays.copyOf(rates, done));
  }

  private int settle(int first, int most, Round round) throws Exception {
    long begin = System.nanoTime();
    int count = first;
    while (true) {
      boolean longEnough = time(round, count) >= ROUND || count >= most;
      if (longEnough && System.nanoTime() - begin >= warmUp) {
        return count;
      }
      if (!longEnough) {
        count = (int) Math.min(most, 2L * count);
      }
    }
  }

  private static long time(Round round, int count) throws Exception {
    long begin = System.nanoTime();
    round.run(count);
    return System.nanoTime() - begin;
  }

  /** The middle value, or the mean of the two middle ones; there must be one at least. */
  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
