package dev.farpool.bench;

import dev.farpool.AsyncResult;
import dev.farpool.CancelMode;
import dev.farpool.Pool;
import dev.farpool.TaskOptions;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tasks that hold all processes of a pool until they are let go. They are cancelled then, which
 * works on every host of a cluster, unlike a file they could wait for.
 *
 * <p>They run at most once, because such tasks are only given to processes that are free. Others
 * may be sent ahead to one process, and what is behind them would run in the rest.
 */
record Gate(List<AsyncResult<Void>> tasks) {
  private static final TaskOptions ONCE = TaskOptions.DEFAULTS.atMostOnce();

  /** Closes it behind what the pool already has. */
  static Gate close(Pool pool, int processes) {
    return new Gate(
        IntStream.range(0, processes)
            .mapToObj(process -> pool.applyAsync(() -> Thread.sleep(Long.MAX_VALUE), ONCE))
            .toList());
  }

  void open() {
    tasks.forEach(task -> task.cancel(CancelMode.INTERRUPT));
  }
}
