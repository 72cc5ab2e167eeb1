package dev.farpool.cli;

import dev.farpool.ClusterUnreachableException;
import dev.farpool.bench.Bench;
import dev.farpool.bench.BenchConfig;
import dev.farpool.bench.BenchResult;
import dev.farpool.bench.ResultJson;
import dev.farpool.bench.ResultTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
          + " greatest value of all rounds.",
      "",
      "The JSON has version, date, java, os, cores, embedded, settings, and figures: a list with"
          + " workload, figure, unit, median, least, greatest and rounds. What cannot be measured"
          + " here is in leftOut with the reason."
    },
    subcommands = BenchCompareCommand.class,
    footer = {
      "Examples:",
      "  farpool bench --workload noop,latency",
      "  farpool bench --workload sleep10 --processes 200",
      "  farpool bench --coordinator 127.0.0.1:7400 --pids coordinator=123,worker=456",
      "  farpool bench --repeat 9 --json > before.json",
      "  farpool bench compare before.json after.json"
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
      description =
          "What to run: ${COMPLETION-CANDIDATES} (default: all; cold only without --coordinator).")
  private List<String> workloads = new ArrayList<>();

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

  @Option(
      names = "--pids",
      paramLabel = "NAME=PID",
      split = ",",
      description =
          "Processes of the cluster on this machine whose CPU time and peak memory noop tells, as"
              + " it tells those of this process and of the executors below it and them.")
  private Map<String, Long> pids = new LinkedHashMap<>();

  @Option(names = "--json", fallbackValue = "true", description = "For programs: one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    BenchResult result = run(config());
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? ResultJson.of(result) + "\n" : ResultTable.of(result));
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
          repeat,
          pids);
    } catch (IllegalArgumentException wrong) {
      throw CommandException.wrong(wrong.getMessage());
    }
  }

  private static BenchResult run(BenchConfig config) throws InterruptedException {
    try {
      return Bench.run(config, Boolean.getBoolean("farpool.terminal"));
    } catch (ClusterUnreachableException unreachable) {
      throw CommandException.unreachable(unreachable.getMessage());
    } catch (IllegalArgumentException wrong) {
      throw CommandException.wrong(wrong.getMessage());
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
