package dev.farpool.bench;

import dev.farpool.AsyncResult;
import dev.farpool.Pool;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Tasks that do nothing, all queued before the first can run: what each takes while it waits, and
 * whether a long queue drains as fast as a short one.
 */
final class Backlog implements Workload {
  private static final int TIMES_SHORTER = 10;
  private static final long POLL_MILLIS = 1;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "backlog";
  }

  @Override
  public String title() {
    return "no-op tasks that queue up and are then let go";
  }

  @Override
  public int defaultTasks(int processes) {
    return 1_000_000;
  }

  @Override
  public List<Figure> round(Rig rig, Pool pool, int tasks) throws InterruptedException {
    AsyncResult<?>[] few = new AsyncResult<?>[Math.max(1, tasks / TIMES_SHORTER)];
    Gate gate = Gate.close(pool, rig.processes());
    queue(rig, pool, few);
    Figure drainedFew = drain("drained from a tenth", gate, few);

    AsyncResult<?>[] all = new AsyncResult<?>[tasks];
    gate = Gate.close(pool, rig.processes());
    long before = heapBytes();
    Figure accepted = queue(rig, pool, all);
    double bytes = (double) (heapBytes() - before) / tasks;
    Figure drained = drain("drained", gate, all);
    return List.of(
        accepted,
        new Figure("heap", "B/task", bytes),
        drained,
        drainedFew,
        new Figure("drained share", "", drained.value() / drainedFew.value()));
  }

  private Figure queue(Rig rig, Pool pool, AsyncResult<?>[] results) throws InterruptedException {
    long begin = System.nanoTime();
    for (int i = 0; i < results.length; i++) {
      results[i] = pool.applyAsync(Load::noop);
    }
    awaitHeld(rig, (long) rig.processes() + results.length);
    return Figure.rate("accepted", "tasks/s", results.length, System.nanoTime() - begin);
  }

  /** Accepted is what the coordinator itself says it holds, the gate included. */
  private void awaitHeld(Rig rig, long wanted) throws InterruptedException {
    long held = rig.held(this);
    long changed = System.nanoTime();
    while (held < wanted) {
      if (System.nanoTime() - changed > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "the coordinator holds " + held + " of " + wanted + " tasks and takes no more");
      }
      Thread.sleep(POLL_MILLIS);
      long now = rig.held(this);
      changed = now == held ? changed : System.nanoTime();
      held = now;
    }
  }

  private static Figure drain(String name, Gate gate, AsyncResult<?>[] results)
      throws InterruptedException {
    long begin = System.nanoTime();
    gate.open();
    Load.getAll(Arrays.asList(results));
    return Figure.rate(name, "tasks/s", results.length, System.nanoTime() - begin);
  }

  private static long heapBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
