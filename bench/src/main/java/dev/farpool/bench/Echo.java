package dev.farpool.bench;

import dev.farpool.AsyncResult;
import dev.farpool.Pool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** 1 MiB there and 1 MiB back. */
final class Echo implements Workload {
  private static final int BYTES = 1 << 20;

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
    List<AsyncResult<byte[]>> results = new ArrayList<>(tasks);
    long begin = System.nanoTime();
    for (int i = 0; i < tasks; i++) {
      results.add(pool.applyAsync(Load::echo, bytes));
    }
    for (AsyncResult<byte[]> result : results) {
      if (!Arrays.equals(bytes, Load.get(result))) {
        throw new IllegalStateException("echo gave other bytes than it got");
      }
    }
    return List.of(Figure.rate("rate", "MiB/s", tasks, System.nanoTime() - begin));
  }
}
