package dev.farpool.bench;

import java.util.List;

/**
 * One figure over all rounds.
 *
 * @param unit for example {@code tasks/s}; empty for a share
 * @param median the middle value, or the mean of the two middle ones
 * @param least the least value of a round
 * @param greatest the greatest value of a round
 * @param rounds of how many rounds
 */
public record Summary(
    String workload,
    String figure,
    String unit,
    double median,
    double least,
    double greatest,
    int rounds) {

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
        values[values.length - 1],
        values.length);
  }

  /** Whether it is the same thing that was measured. */
  boolean measuresTheSameAs(Summary other) {
    return workload.equals(other.workload)
        && figure.equals(other.figure)
        && unit.equals(other.unit);
  }

  /** Whether some value lies in the spread of both. */
  boolean overlaps(Summary other) {
    return least <= other.greatest && other.least <= greatest;
  }
}
