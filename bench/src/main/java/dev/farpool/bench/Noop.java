package dev.farpool.bench;

import dev.farpool.AsyncResult;
import dev.farpool.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tasks that do nothing, submitted one by one: the rate of the whole machinery and its costs. */
final class Noop implements Workload {
  @Override
  public String name() {
    return "noop";
  }

  @Override
  public String title() {
    return "no-op tasks, applyAsync one by one";
  }

  @Override
  public int defaultTasks(int processes) {
    return 500_000;
  }

  @Override
  public List<Figure> round(Rig rig, Pool pool, int tasks) throws InterruptedException {
    Map<ProcessHandle, Duration> cpu = rig.meter().cpu();
    List<AsyncResult<?>> results = new ArrayList<>(tasks);
    long begin = System.nanoTime();
    for (int i = 0; i < tasks; i++) {
      results.add(pool.applyAsync(Load::noop));
    }
    long submitted = System.nanoTime();
    Load.getAll(results);
    long end = System.nanoTime();
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.rate("rate", "tasks/s", tasks, end - begin));
    figures.add(Figure.rate("submitting", "tasks/s", tasks, submitted - begin));
    figures.addAll(rig.meter().figures(cpu, tasks));
    return figures;
  }

  @Override
  public List<LeftOut> leftOut(Rig rig) {
    return rig.meter().leftOut(name());
  }
}
