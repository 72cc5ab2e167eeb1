package dev.farpool.bench;

import dev.farpool.AsyncResult;
import dev.farpool.CancelMode;
import dev.farpool.Pool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Short tasks with one among them that outlasts all others: whether they get past it, or wait
 * behind it although other processes have room.
 */
final class Uneven implements Workload {
  private static final int SHORT_MILLIS = 10;
  private static final int TASKS_PER_PROCESS = 100;

  /** The long one comes when it is known how long the short ones take. */
  private static final int SHARE_BEFORE = 10;

  @Override
  public String name() {
    return "uneven";
  }

  @Override
  public String title() {
    return "tasks that sleep for "
        + SHORT_MILLIS
        + " ms and one that outlasts them, share of the ideal of the short ones";
  }

  @Override
  public int defaultTasks(int processes) {
    return TASKS_PER_PROCESS * processes;
  }

  @Override
  public List<Figure> round(Rig rig, Pool pool, int tasks) throws InterruptedException {
    int before = tasks / SHARE_BEFORE;
    long longMillis = longMillis(tasks);
    List<AsyncResult<?>> others = new ArrayList<>(tasks);
    long begin = System.nanoTime();
    for (int i = 0; i < before; i++) {
      others.add(pool.applyAsync(() -> Thread.sleep(SHORT_MILLIS)));
    }
    AsyncResult<Void> longest = pool.applyAsync(() -> Thread.sleep(longMillis));
    for (int i = before; i < tasks; i++) {
      others.add(pool.applyAsync(() -> Thread.sleep(SHORT_MILLIS)));
    }
    Load.getAll(others);
    double millis = (System.nanoTime() - begin) / 1e6;
    longest.cancel(CancelMode.INTERRUPT);
    return List.of(
        new Figure("efficiency", "", idealMillis(tasks, before, rig.processes()) / millis));
  }

  /** One process alone would need as long for all others. */
  private static long longMillis(int tasks) {
    return (long) tasks * SHORT_MILLIS;
  }

  /** When the last of the short ones ends if a free process always takes the next task. */
  static long idealMillis(int tasks, int before, int processes) {
    PriorityQueue<Long> free = new PriorityQueue<>(Collections.nCopies(processes, 0L));
    for (int i = 0; i < before; i++) {
      free.add(free.remove() + SHORT_MILLIS);
    }
    free.add(free.remove() + longMillis(tasks));
    long last = 0;
    for (int i = before; i < tasks; i++) {
      last = free.remove() + SHORT_MILLIS;
      free.add(last);
    }
    return last;
  }
}
