package dev.farpool.peers.table;

import dev.farpool.peers.load.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** All samples of all rounds, and Farpool's ratios to them. Not thread-safe. */
public final class Measurements {
  /** The name of Farpool within the client's process. */
  public static final String EMBEDDED = "farpool-embedded";

  /** The name of Farpool as coordinator, worker and client. */
  public static final String CLUSTER = "farpool-cluster";

  private final Map<Key, List<Double>> values = new LinkedHashMap<>();

  /** Takes what a peer's round gave. */
  public void add(String peer, List<Sample> samples) {
    for (Sample sample : samples) {
      String figure = sample.workload() + " " + sample.figure();
      values
          .computeIfAbsent(new Key(peer, figure, sample.unit()), none -> new ArrayList<>())
          .add(sample.value());
    }
  }

  /** The median of a figure of a peer over all rounds; empty if it was not measured. */
  public OptionalDouble median(String peer, String figure) {
    return values.entrySet().stream()
        .filter(entry -> entry.getKey().peer().equals(peer))
        .filter(entry -> entry.getKey().figure().equals(figure))
        .mapToDouble(entry -> Spread.of(entry.getValue()).median())
        .findFirst();
  }

  /** A row for each figure of each peer, in the order in which they came. */
  public List<Row> rows() {
    return values.entrySet().stream().map(entry -> row(entry.getKey(), entry.getValue())).toList();
  }

  private Row row(Key key, List<Double> rounds) {
    Spread spread = Spread.of(rounds);
    return new Row(
        key.peer(),
        key.figure(),
        key.unit(),
        spread,
        ratio(EMBEDDED, key, spread),
        ratio(CLUSTER, key, spread));
  }

  private Double ratio(String farpool, Key key, Spread spread) {
    List<Double> own = values.get(new Key(farpool, key.figure(), key.unit()));
    return own == null ? null : Spread.of(own).median() / spread.median();
  }

  private record Key(String peer, String figure, String unit) {}
}
