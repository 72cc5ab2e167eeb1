package dev.farpool.bench;

import dev.farpool.AsyncResult;
import dev.farpool.Pool;
import java.util.ArrayList;
import java.util.List;

/** Tasks that keep a core busy for some time: how near all of them come to the ideal. */
final class Spin implements Workload {
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final int ROUND_MILLIS = 2_000;

  private final int millis;

  Spin(int millis) {
    this.millis = millis;
  }

  @Override
  public String name() {
    return "spin" + millis;
  }

  @Override
  public String title() {
    return "tasks of " + millis + " ms, share of the ideal";
  }

  @Override
  public int defaultTasks() {
    return ROUND_MILLIS / millis;
  }

  @Override
  public List<Figure> round(Rig rig, Pool pool, int tasks) throws InterruptedException {
    long nanos = (long) millis * NANOS_PER_MILLI;
    List<AsyncResult<?>> results = new ArrayList<>(tasks);
    long begin = System.nanoTime();
    for (int i = 0; i < tasks; i++) {
      results.add(pool.applyAsync(() -> Load.spin(nanos)));
    }
    Load.getAll(results);
    double ideal = (double) nanos * tasks / rig.processes();
    return List.of(new Figure("efficiency", "", ideal / (System.nanoTime() - begin)));
  }
}
