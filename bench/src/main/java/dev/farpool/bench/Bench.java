package dev.farpool.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs workloads on a cluster and reports their figures. */
public final class Bench {
  private static final Map<String, Workload> WORKLOADS = new LinkedHashMap<>();

  static {
    for (Workload workload :
        List.of(
            new Noop(),
            new Latency(),
            SquareMap.ofDefaultChunks(),
            SquareMap.ofChunks(1_000),
            new UnevenMap(),
            Lasting.spinning(1),
            Lasting.spinning(10),
            Lasting.sleeping(10),
            new Uneven(),
            new Echo(),
            new Start(),
            new Backlog(),
            new Cold())) {
      WORKLOADS.put(workload.name(), workload);
    }
  }

  private Bench() {}

  /** The names of all workloads with one line about each, in the order of a full run. */
  public static Map<String, String> workloads() {
    Map<String, String> titles = new LinkedHashMap<>();
    WORKLOADS.forEach((name, workload) -> titles.put(name, workload.title()));
    return titles;
  }

  /** Whether a workload makes sense on a cluster that is running already. */
  static boolean runsOnRunningClusters(String workload) {
    return WORKLOADS.get(workload).runsOnRunningClusters();
  }

  /**
   * Runs what the configuration asks for.
   *
   * @param showProgress whether to draw a progress bar on standard error
   * @throws IllegalArgumentException if there is no process with a pid that is to be measured
   * @throws IllegalStateException if a task fails or gives a wrong result
   */
  public static BenchResult run(BenchConfig config, boolean showProgress)
      throws InterruptedException {
    int rounds = config.workloads().size() * (config.warmUp() + config.repeat());
    try (Rig rig = Rig.of(config);
        RoundProgress progress = RoundProgress.of(rounds, showProgress)) {
      BenchRun run = new BenchRun(config, rig, progress);
      for (String name : config.workloads()) {
        run.measure(WORKLOADS.get(name));
      }
      return run.result();
    }
  }
}
