package dev.farpool.bench;

import dev.farpool.Pool;
import java.util.ArrayList;
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
            new SquareMap(),
            new Spin(1),
            new Spin(10),
            new Echo(),
            new Start())) {
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

  /**
   * Runs what the configuration asks for.
   *
   * @param showProgress whether to draw a progress bar on standard error
   * @throws IllegalStateException if a task fails or gives a wrong result
   */
  public static BenchReport run(BenchConfig config, boolean showProgress)
      throws InterruptedException {
    int rounds = config.workloads().size() * (config.warmUp() + config.repeat());
    List<Summary> summaries = new ArrayList<>();
    try (Rig rig = Rig.of(config);
        RoundProgress progress = RoundProgress.of(rounds, showProgress)) {
      for (String name : config.workloads()) {
        summaries.addAll(measure(WORKLOADS.get(name), rig, config, progress));
      }
    }
    return new BenchReport(config, summaries);
  }

  private static List<Summary> measure(
      Workload workload, Rig rig, BenchConfig config, RoundProgress progress)
      throws InterruptedException {
    int tasks = config.tasks().orElse(workload.defaultTasks());
    Map<String, List<Figure>> figures = new LinkedHashMap<>();
    Pool pool = rig.newPool();
    for (int round = 0; round < config.warmUp() + config.repeat(); round++) {
      progress.step(workload.name());
      for (Figure figure : workload.round(rig, pool, tasks)) {
        if (round >= config.warmUp()) {
          figures.computeIfAbsent(figure.name(), name -> new ArrayList<>()).add(figure);
        }
      }
    }
    pool.close();
    pool.join();
    return figures.values().stream().map(rounds -> Summary.of(workload.name(), rounds)).toList();
  }
}
