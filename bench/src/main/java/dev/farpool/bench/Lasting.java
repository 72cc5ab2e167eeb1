package dev.farpool.bench;

import dev.farpool.AsyncResult;
import dev.farpool.Pool;
import dev.farpool.SerializableRunnable;
import java.util.ArrayList;
import java.util.List;

/** Tasks that last some time: how near all of them come to the ideal. */
final class Lasting implements Workload {
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final int SPINNING_MILLIS = 2_000;
  private static final int SLEEPS = 100;

  private final String verb;
  private final int millis;
  private final SerializableRunnable task;

  private Lasting(String verb, int millis, SerializableRunnable task) {
    this.verb = verb;
    this.millis = millis;
    this.task = task;
  }

  /** Each keeps a core busy. */
  static Lasting spinning(int millis) {
    long nanos = (long) millis * NANOS_PER_MILLI;
    return new Lasting("spin", millis, () -> Load.spin(nanos));
  }

  /** Each sleeps, so there may be far more processes than cores. */
  static Lasting sleeping(int millis) {
    return new Lasting("sleep", millis, () -> Thread.sleep(millis));
  }

  @Override
  public String name() {
    return verb + millis;
  }

  @Override
  public String title() {
    return "tasks that " + verb + " for " + millis + " ms, share of the ideal";
  }

  /** Spinning takes the same time on few cores, whatever the processes; sleeps go side by side. */
  @Override
  public int defaultTasks(int processes) {
    return verb.equals("sleep") ? SLEEPS * processes : SPINNING_MILLIS / millis;
  }

  @Override
  public List<Figure> round(Rig rig, Pool pool, int tasks) throws InterruptedException {
    List<AsyncResult<?>> results = new ArrayList<>(tasks);
    long begin = System.nanoTime();
    for (int i = 0; i < tasks; i++) {
      results.add(pool.applyAsync(task));
    }
    Load.getAll(results);
    double ideal = (double) millis * NANOS_PER_MILLI * tasks / rig.processes();
    return List.of(new Figure("efficiency", "", ideal / (System.nanoTime() - begin)));
  }
}
