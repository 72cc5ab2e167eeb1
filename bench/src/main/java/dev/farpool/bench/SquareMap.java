package dev.farpool.bench;

import dev.farpool.Pool;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A {@code map} of x → x·x over many ints with chunks of the default size. */
final class SquareMap implements Workload {
  private List<Integer> items = List.of();

  @Override
  public String name() {
    return "map";
  }

  @Override
  public String title() {
    return "map of x -> x*x over ints, default chunks";
  }

  @Override
  public int defaultTasks() {
    return 10_000_000;
  }

  @Override
  public List<Figure> round(Rig rig, Pool pool, int tasks) throws InterruptedException {
    if (items.size() != tasks) {
      items = IntStream.range(0, tasks).boxed().collect(Collectors.toList());
    }
    long begin = System.nanoTime();
    List<Integer> squares = Load.get(pool.mapAsync(Load::square, items));
    long end = System.nanoTime();
    int last = tasks - 1;
    if (squares.size() != tasks || squares.get(last) != last * last) {
      throw new IllegalStateException("map gave a wrong result");
    }
    return List.of(Figure.rate("rate", "items/s", tasks, end - begin));
  }
}
