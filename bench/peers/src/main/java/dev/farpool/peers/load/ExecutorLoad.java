package dev.farpool.peers.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** All workloads on an executor service with two slots. */
public final class ExecutorLoad {
  private static final int SLOTS = 2;
  private static final int MOST_NOOPS = 1_000_000;
  private static final int MAP_ITEMS = 10_000_000;
  private static final int CHUNKS = 4 * SLOTS;
  private static final int SPIN_MILLIS = 2_000;
  private static final int ECHOES = 200;
  private static final int ECHO_BYTES = 1 << 20;

  private final ExecutorService executor;
  private final Stopwatch stopwatch;
  private final List<int[]> chunks = new ArrayList<>();
  private final byte[] bytes = Payload.bytes(ECHO_BYTES);

  /**
   * @param executor runs two tasks at a time
   */
  public ExecutorLoad(ExecutorService executor, Stopwatch stopwatch) {
    this.executor = executor;
    this.stopwatch = stopwatch;
    for (int i = 0; i < CHUNKS; i++) {
      int size = MAP_ITEMS / CHUNKS;
      chunks.add(IntStream.range(i * size, (i + 1) * size).toArray());
    }
  }

  /** Runs them and prints each figure as soon as it is there. */
  public void run() throws Exception {
    double noops = stopwatch.rate(1_000, MOST_NOOPS, this::noops);
    new Sample("noop", "rate", "tasks/s", noops).print();
    Latencies.of(stopwatch, this::noops).forEach(Sample::print);
    double items = stopwatch.rate(MAP_ITEMS, MAP_ITEMS, this::squares);
    new Sample("map", "rate", "items/s", items).print();
    spin(1);
    spin(10);
    double echoes = stopwatch.rate(ECHOES / 8, ECHOES, this::echoes);
    new Sample("echo", "rate", "MiB/s", echoes).print();
  }

  private void noops(int count) throws Exception {
    getAll(submit(new Tasks.Noop(), count));
  }

  private void squares(int count) throws Exception {
    List<Future<int[]>> results = new ArrayList<>();
    for (int[] chunk : chunks) {
      results.add(executor.submit(new Tasks.Squares(chunk)));
    }
    int last = count - 1;
    int[] squares = new int[0];
    for (Future<int[]> result : results) {
      squares = result.get();
    }
    if (squares[squares.length - 1] != last * last) {
      throw new IllegalStateException("map gave a wrong result");
    }
  }

  private void spin(int millis) throws Exception {
    Tasks.Spin task = new Tasks.Spin(millis * 1_000_000L);
    int count = SPIN_MILLIS / millis;
    double rate = stopwatch.rate(count, count, tasks -> getAll(submit(task, tasks)));
    new Sample("spin" + millis, "efficiency", "", rate * millis / 1_000 / SLOTS).print();
  }

  private void echoes(int count) throws Exception {
    for (Future<byte[]> result : submit(new Tasks.Echo(bytes), count)) {
      if (!Arrays.equals(bytes, result.get())) {
        throw new IllegalStateException("echo gave other bytes than it got");
      }
    }
  }

  private <R> List<Future<R>> submit(Callable<R> task, int count) {
    List<Future<R>> results = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      results.add(executor.submit(task));
    }
    return results;
  }

  private static void getAll(List<? extends Future<?>> results) throws Exception {
    for (Future<?> result : results) {
      result.get();
    }
  }
}
