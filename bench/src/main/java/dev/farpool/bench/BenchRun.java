package dev.farpool.bench;

import dev.farpool.Pool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures one workload after the other and keeps what they gave. */
final class BenchRun {
  private final BenchConfig config;
  private final Rig rig;
  private final RoundProgress progress;
  private final List<Summary> summaries = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();

  BenchRun(BenchConfig config, Rig rig, RoundProgress progress) {
    this.config = config;
    this.rig = rig;
    this.progress = progress;
  }

  void measure(Workload workload) throws InterruptedException {
    Pool pool = rig.newPool(workload);
    for (List<Figure> rounds : rounds(workload, pool)) {
      summaries.add(Summary.of(workload.name(), rounds));
    }
    leftOut.addAll(workload.leftOut(rig));
    pool.close();
    pool.join();
  }

  /** The values of the rounds that count, for each figure. */
  private Iterable<List<Figure>> rounds(Workload workload, Pool pool) throws InterruptedException {
    int tasks = config.tasks().orElse(workload.defaultTasks(config.processes()));
    Map<String, List<Figure>> figures = new LinkedHashMap<>();
    for (int round = 0; round < config.warmUp() + config.repeat(); round++) {
      progress.step(workload.name());
      for (Figure figure : workload.round(rig, pool, tasks)) {
        if (round >= config.warmUp()) {
          figures.computeIfAbsent(figure.name(), name -> new ArrayList<>()).add(figure);
        }
      }
    }
    return figures.values();
  }

  BenchResult result() {
    return BenchResult.of(config, summaries, leftOut);
  }
}
