package dev.farpool.peers.table;

import dev.farpool.peers.load.Stopwatch;
import java.util.Arrays;
import java.util.List;

/**
 * The values of one figure over all rounds.
 *
 * @param median the middle value, or the mean of the two middle ones
 */
public record Spread(double least, double median, double greatest) {

  /** Sums up values, of which there must be one at least. */
  public static Spread of(List<Double> values) {
    double[] all = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Spread(all[0], Stopwatch.median(all), Arrays.stream(all).max().orElseThrow());
  }
}
