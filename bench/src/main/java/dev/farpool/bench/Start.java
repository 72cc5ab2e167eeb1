package dev.farpool.bench;

import dev.farpool.Pool;
import java.util.ArrayList;
import java.util.List;

/** A new pool on a running cluster, to its first result: new processes included. */
final class Start implements Workload {
  private static final double NANOS_PER_MILLI = 1e6;

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String title() {
    return "new pool to its first result";
  }

  @Override
  public int defaultTasks(int processes) {
    return 3;
  }

  @Override
  public List<Figure> round(Rig rig, Pool pool, int tasks) throws InterruptedException {
    List<Figure> times = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      long begin = System.nanoTime();
      Pool fresh = rig.newPool(this);
      Load.get(fresh.applyAsync(Load::noop));
      times.add(new Figure("time", "ms", (System.nanoTime() - begin) / NANOS_PER_MILLI));
      fresh.close();
      fresh.join();
    }
    Summary round = Summary.of(name(), times);
    return List.of(new Figure("time", "ms", round.median()));
  }
}
