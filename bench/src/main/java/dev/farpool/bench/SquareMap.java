package dev.farpool.bench;

import dev.farpool.AsyncResult;
import dev.farpool.Pool;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A {@code map} of x → x·x over many ints. */
final class SquareMap implements Workload {
  private final OptionalInt chunkSize;
  private List<Integer> items = List.of();

  private SquareMap(OptionalInt chunkSize) {
    this.chunkSize = chunkSize;
  }

  static SquareMap ofDefaultChunks() {
    return new SquareMap(OptionalInt.empty());
  }

  static SquareMap ofChunks(int size) {
    return new SquareMap(OptionalInt.of(size));
  }

  @Override
  public String name() {
    return chunkSize.isPresent() ? "map" + chunkSize.getAsInt() : "map";
  }

  @Override
  public String title() {
    return "map of x -> x*x over ints, "
        + (chunkSize.isPresent() ? "chunks of " + chunkSize.getAsInt() : "default chunks");
  }

  @Override
  public int defaultTasks(int processes) {
    return 10_000_000;
  }

  @Override
  public List<Figure> round(Rig rig, Pool pool, int tasks) throws InterruptedException {
    if (items.size() != tasks) {
      items = IntStream.range(0, tasks).boxed().collect(Collectors.toList());
    }
    long begin = System.nanoTime();
    List<Integer> squares = Load.get(start(pool));
    long end = System.nanoTime();
    int last = tasks - 1;
    if (squares.size() != tasks || squares.get(last) != last * last) {
      throw new IllegalStateException("map gave a wrong result");
    }
    return List.of(Figure.rate("rate", "items/s", tasks, end - begin));
  }

  private AsyncResult<List<Integer>> start(Pool pool) {
    return chunkSize.isPresent()
        ? pool.mapAsync(Load::square, items, chunkSize.getAsInt())
        : pool.mapAsync(Load::square, items);
  }
}
