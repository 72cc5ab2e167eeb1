package dev.farpool.bench;

import dev.farpool.Pool;
import java.util.ArrayList;
import java.util.List;

/**
 * A new pool on a running cluster, to its first result: new processes included. Once after a rest,
 * as when one program is started after another, and once right after another pool.
 */
final class Start implements Workload {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final long REST_MILLIS = 1_500;

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
    double rested = median(rig, tasks, REST_MILLIS);
    double inARow = median(rig, tasks, 0);
    return List.of(new Figure("time", "ms", rested), new Figure("in a row", "ms", inARow));
  }

  private double median(Rig rig, int pools, long restMillis) throws InterruptedException {
    List<Figure> times = new ArrayList<>();
    for (int i = 0; i < pools; i++) {
      Thread.sleep(restMillis);
      long begin = System.nanoTime();
      Pool fresh = rig.newPool(this);
      Load.get(fresh.applyAsync(Load::noop));
      times.add(new Figure("time", "ms", (System.nanoTime() - begin) / NANOS_PER_MILLI));
      fresh.close();
      fresh.join();
    }
    return Summary.of(name(), times).median();
  }
}
