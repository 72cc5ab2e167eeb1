package dev.farpool.peers;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import dev.farpool.peers.load.Sample;
import dev.farpool.peers.process.Children;
import dev.farpool.peers.table.Measurements;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Farpool, built from this checkout, through {@code farpool bench}.
 *
 * @param farpool the command
 * @param cluster whether to start a coordinator and a worker; else all is in the client's process
 */
record FarpoolPeer(Path farpool, boolean cluster) implements Peer {
  /** Single tasks first: what a JVM has learnt of messages of a thousand is wrong for them. */
  private static final String WORKLOADS = "latency,spin1,spin10,map-uneven,noop,map,echo,start";

  private static final Set<String> FIGURES =
      Set.of(
          "rate",
          "few",
          "p50",
          "p99",
          "efficiency",
          "time",
          "archived",
          "accepted",
          "heap",
          "drained share",
          "ascending",
          "descending",
          "heavy tail");

  @Override
  public String name() {
    return cluster ? Measurements.CLUSTER : Measurements.EMBEDDED;
  }

  @Override
  public List<Sample> measure(Children children, Effort effort)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(bench(effort));
    if (cluster) {
      command.addAll(List.of("--coordinator", FarpoolCluster.start(farpool, children).address()));
    }
    return samples(String.join("\n", children.start(name(), command).lines(Effort.VISIT)));
  }

  /** A round of it takes about a second. */
  private List<String> bench(Effort effort) {
    String warmUp = Integer.toString((int) Math.ceil(effort.warmUpSeconds()));
    String repeat = Integer.toString(effort.repeat());
    return List.of(
        farpool.toString(),
        "bench",
        "--json",
        "--workload",
        WORKLOADS + (cluster ? ",backlog" : ",cold"),
        "--warm-up",
        warmUp,
        "--repeat",
        repeat);
  }

  /** The medians in what {@code farpool bench --json} prints, of the figures that peers have. */
  static List<Sample> samples(String json) {
    try {
      return new Gson()
          .fromJson(json, BenchJson.class).figures.stream()
              .filter(figure -> FIGURES.contains(figure.figure()))
              .map(BenchFigure::toSample)
              .toList();
    } catch (JsonSyntaxException | NullPointerException unreadable) {
      throw new IllegalStateException("not what farpool bench --json prints: " + json, unreadable);
    }
  }

  private record BenchFigure(String workload, String figure, String unit, double median) {
    Sample toSample() {
      return new Sample(workload, figure, unit, median);
    }
  }

  private record BenchJson(List<BenchFigure> figures) {}
}
