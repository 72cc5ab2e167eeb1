package dev.farpool.peers.budget;

import static dev.farpool.peers.budget.Budget.atLeast;
import static dev.farpool.peers.budget.Budget.atMost;
import static dev.farpool.peers.table.Measurements.CLUSTER;
import static dev.farpool.peers.table.Measurements.EMBEDDED;

import dev.farpool.peers.budget.Budget.Figure;
import dev.farpool.peers.table.Measurements;
import dev.farpool.peers.table.Numbers;
import java.util.List;
import java.util.OptionalDouble;

/** All budgets. Those whose figures were not measured are left out of the table. */
public final class Budgets {
  private static final String PYTHON = "python";
  private static final String HAZELCAST = "hazelcast-tuned";
  private static final String RELAY = "relay";
  private static final String SCALE = "farpool-scale";
  private static final String QUEUE = "farpool-queue";
  private static final String IDLE = "farpool-idle";
  private static final String LINE = "%-72s %12s %12s  %s";

  private static final List<Budget> ALL =
      List.of(
          atLeast("no-op tasks one by one, by Python's Pool", cluster("noop rate"), 20)
              .against(new Figure(PYTHON, "noop rate")),
          atLeast("the same, by tuned Hazelcast", cluster("noop rate"), 2.5)
              .against(new Figure(HAZELCAST, "noop rate")),
          atLeast("the same, by the gRPC relay with 1,000 a message", cluster("noop rate"), 0.25)
              .against(new Figure("relay-1000", "noop rate")),
          atLeast("the same embedded, by Python's Pool", embedded("noop rate"), 30)
              .against(new Figure(PYTHON, "noop rate")),
          atMost("one at a time embedded, p50 by Python's Pool", embedded("latency p50"), 0.5)
              .against(new Figure(PYTHON, "latency p50")),
          atLeast("map of 10,000,000 ints, by Python's Pool", cluster("map rate"), 2)
              .against(new Figure(PYTHON, "map rate")),
          atMost("one at a time, p50 by the relay's", cluster("latency p50"), 1.25)
              .against(new Figure(RELAY, "latency p50")),
          atMost("one at a time, p99 by p50", cluster("latency p99"), 5)
              .against(cluster("latency p50")),
          atLeast("tasks spinning 1 ms, efficiency", cluster("spin1 efficiency"), 0.9),
          atLeast("tasks spinning 10 ms, efficiency", cluster("spin10 efficiency"), 0.98),
          atLeast("map of rising cost, share of the ideal", cluster("map-uneven ascending"), 0.9),
          atLeast("the same of falling cost", cluster("map-uneven descending"), 0.9),
          atLeast("the same with a heavy tail", cluster("map-uneven heavy tail"), 0.9),
          atLeast("1 MiB in and out, few on their way, by the relay", cluster("echo few"), 0.9)
              .against(new Figure(RELAY, "echo rate")),
          atLeast("the same, 200 on their way", cluster("echo rate"), 0.9)
              .against(new Figure(RELAY, "echo rate")),
          atLeast("1,000,000 queued: accepted a second", cluster("backlog accepted"), 500_000),
          atMost("1,000,000 queued: bytes of a task in the client", cluster("backlog heap"), 200),
          atLeast(
              "1,000,000 queued: drained, by a tenth of it", cluster("backlog drained share"), 0.9),
          atMost(
              "10,000,000 queued in 2 GiB: bytes of a task in the coordinator beyond its payload",
              new Figure(QUEUE, "queue heap for a task beyond its payload"),
              40),
          atMost(
              "new pool on a running cluster to its first result, ms", cluster("start time"), 100),
          atMost("new program to its first result, ms", embedded("cold time"), 1_200),
          atMost("the same with an archive of classes, ms", embedded("cold archived"), 1_200),
          atLeast(
              "1,000 workers of 64 cores: starts a second",
              new Figure(SCALE, "scale starts"),
              100_000),
          atMost(
              "1,000 workers of 64 cores: processor time of the coordinator for a start, us",
              new Figure(SCALE, "scale processor time of the coordinator for a start"),
              10),
          atMost(
              "1,000 workers of 64 cores: workers lost",
              new Figure(SCALE, "scale workers lost"),
              0),
          atMost(
              "1,000 workers of 64 cores: status, p99, ms",
              new Figure(SCALE, "scale status, p99"),
              100),
          atMost("idle coordinator, resident MiB", new Figure(IDLE, "idle coordinator"), 150),
          atMost("idle worker, resident MiB", new Figure(IDLE, "idle worker"), 100),
          atMost("idle executor, resident MiB", new Figure(IDLE, "idle executor"), 50));

  private Budgets() {}

  private static Figure cluster(String name) {
    return new Figure(CLUSTER, name);
  }

  private static Figure embedded(String name) {
    return new Figure(EMBEDDED, name);
  }

  /** A line for each budget whose figures are there; empty if there is none. */
  public static String table(Measurements measurements) {
    StringBuilder text = new StringBuilder();
    for (Budget budget : ALL) {
      OptionalDouble value = budget.value(measurements);
      if (value.isPresent()) {
        line(text, budget, value.getAsDouble());
      }
    }
    return text.isEmpty() ? "" : heading() + text;
  }

  private static String heading() {
    return String.format(LINE, "BUDGET", "MEASURED", "BOUND", "").stripTrailing() + '\n';
  }

  private static void line(StringBuilder text, Budget budget, double value) {
    String bound = (budget.atMost() ? "<= " : ">= ") + Numbers.text(budget.bound());
    String verdict = budget.isKept(value) ? "kept" : "missed";
    text.append(String.format(LINE, budget.what(), Numbers.text(value), bound, verdict))
        .append('\n');
  }
}
