package dev.farpool.cli;

import dev.farpool.ClusterUnreachableException;
import dev.farpool.bench.Bench;
import dev.farpool.bench.BenchConfig;
import dev.farpool.bench.BenchReport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a cluster. */
@Command(
    name = "bench",
    header = "Measures a running cluster, or one embedded in this process.",
    description = {
      "Runs workloads with a pool and prints rates and percentiles: the median, the least and the"
          + " greatest value of all rounds."
    },
    footer = {
      "Examples:",
      "  farpool bench --workload noop,latency",
      "  farpool bench --coordinator 127.0.0.1:7400 --repeat 9 --json"
    })
final class BenchCommand implements Callable<Integer> {
  @Option(
      names = "--coordinator",
      paramLabel = "HOST:PORT",
      description = "The cluster to measure (default: one embedded in this process).")
  private String coordinator;

  @Option(
      names = "--workload",
      paramLabel = "NAME",
      split = ",",
      completionCandidates = Workloads.class,
      description = "What to run: ${COMPLETION-CANDIDATES} (default: all).")
  private List<String> workloads = new ArrayList<>(Bench.workloads().keySet());

  @Option(
      names = "--processes",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many tasks run at a time (default: ${DEFAULT-VALUE}).")
  private int processes;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      description = "Tasks, items or calls of a round (default: each workload's own number).")
  private Integer tasks;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "2",
      description = "Rounds before those that count (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds that count (default: ${DEFAULT-VALUE}).")
  private int repeat;

  @Option(names = "--json", fallbackValue = "true", description = "For programs: one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    BenchReport report = run(config());
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? report.toJson() + "\n" : report.toText());
    out.flush();
    return 0;
  }

  private BenchConfig config() {
    try {
      return new BenchConfig(
          Optional.ofNullable(coordinator),
          processes,
          workloads,
          tasks == null ? OptionalInt.empty() : OptionalInt.of(tasks),
          warmUp,
          repeat);
    } catch (IllegalArgumentException wrong) {
      throw CommandException.wrong(wrong.getMessage());
    }
  }

  private static BenchReport run(BenchConfig config) throws InterruptedException {
    try {
      return Bench.run(config, Boolean.getBoolean("farpool.terminal"));
    } catch (ClusterUnreachableException unreachable) {
      throw CommandException.unreachable(unreachable.getMessage());
    } catch (IllegalStateException failed) {
      throw CommandException.failed(failed.getMessage());
    }
  }

  /** For the help text. */
  static final class Workloads implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Bench.workloads().keySet().iterator();
    }
  }
}
