package dev.farpool.bench;

import dev.farpool.AsyncResult;
import dev.farpool.Pool;
import java.util.ArrayList;
import java.util.List;

/** Tasks that do nothing, submitted one by one: the rate of the whole machinery. */
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
  public int defaultTasks() {
    return 500_000;
  }

  @Override
  public List<Figure> round(Rig rig, Pool pool, int tasks) throws InterruptedException {
    List<AsyncResult<?>> results = new ArrayList<>(tasks);
    long begin = System.nanoTime();
    for (int i = 0; i < tasks; i++) {
      results.add(pool.applyAsync(Load::noop));
    }
    long submitted = System.nanoTime();
    Load.getAll(results);
    long end = System.nanoTime();
    return List.of(
        Figure.rate("rate", "tasks/s", tasks, end - begin),
        Figure.rate("submitting", "tasks/s", tasks, submitted - begin));
  }
}
