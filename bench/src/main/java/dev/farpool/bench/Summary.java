package dev.farpool.bench;

import java.util.Arrays;
import java.util.List;

/**
 * One figure over all rounds.
 *
 * @param median the middle value, or the mean of the two middle ones
 */
record Summary(String workload, String figure, String unit, double median, double min, double max) {

  /** Sums up what the rounds of a workload gave for one figure; there must be one at least. */
  static Summary of(String workload, List<Figure> rounds) {
    double[] values = rounds.stream().mapToDouble(Figure::value).sorted().toArray();
    int middle = values.length / 2;
    double median =
        values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    return new Summary(
        workload,
        rounds.get(0).name(),
        rounds.get(0).unit(),
        median,
        values[0],
        Arrays.stream(values).max().orElseThrow());
  }
}
