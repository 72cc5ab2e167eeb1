package dev.farpool.bench;

import dev.farpool.AsyncResult;
import dev.farpool.Pool;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** 1 MiB there and 1 MiB back. */
final class Echo implements Workload {
  private static final int BYTES = 1 << 20;
  private static final int FEW_FOR_A_PROCESS = 4;

  private final byte[] bytes = new byte[BYTES];

  /** Fixed content, of which nothing can be compressed away. */
  Echo() {
    new Random(1).nextBytes(bytes);
  }

  @Override
  public String name() {
    return "echo";
  }

  @Override
  public String title() {
    return "1 MiB argument and 1 MiB result, each way";
  }

  @Override
  public int defaultTasks(int processes) {
    return 200;
  }

  @Override
  public List<Figure> round(Rig rig, Pool pool, int tasks) throws InterruptedException {
    return List.of(
        rate("rate", pool, tasks, tasks),
        rate("few", pool, tasks, FEW_FOR_A_PROCESS * rig.processes()));
  }

  /** With at most so many on their way: with all of them their memory counts, with few the way. */
  private Figure rate(String name, Pool pool, int tasks, int atOnce) throws InterruptedException {
    Deque<AsyncResult<byte[]>> results = new ArrayDeque<>();
    long begin = System.nanoTime();
    for (int i = 0; i < tasks; i++) {
      if (results.size() == atOnce) {
        check(results.removeFirst());
      }
      results.addLast(pool.applyAsync(Load::echo, bytes));
    }
    for (AsyncResult<byte[]> result : results) {
      check(result);
    }
    return Figure.rate(name, "MiB/s", tasks, System.nanoTime() - begin);
  }

  private void check(AsyncResult<byte[]> result) throws InterruptedException {
    if (!Arrays.equals(bytes, Load.get(result))) {
      throw new IllegalStateException("echo gave other bytes than it got");
    }
  }
}
