package dev.farpool.bench;

import dev.farpool.Pool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A {@code map} over items of very different cost, in default chunks: how near it comes to the time
 * of the longest item, or to that of all items shared evenly, whichever is longer.
 */
final class UnevenMap implements Workload {
  private static final long NANOS_PER_PROCESS = 500_000_000;
  private static final long SEED = 1;
  private static final double TAIL = 1.2;

  @Override
  public String name() {
    return "map-uneven";
  }

  @Override
  public String title() {
    return "map over items of very different cost, default chunks, share of the ideal";
  }

  @Override
  public int defaultTasks(int processes) {
    return 100 * processes;
  }

  @Override
  public List<Figure> round(Rig rig, Pool pool, int tasks) throws InterruptedException {
    long all = NANOS_PER_PROCESS * rig.processes();
    List<Long> ascending = scaled(all, rising(tasks));
    List<Long> descending = new ArrayList<>(ascending);
    Collections.reverse(descending);
    return List.of(
        measure("ascending", rig, pool, ascending),
        measure("descending", rig, pool, descending),
        measure("heavy tail", rig, pool, scaled(all, heavyTailed(tasks))));
  }

  private static Figure measure(String name, Rig rig, Pool pool, List<Long> nanos)
      throws InterruptedException {
    long longest = Collections.max(nanos);
    double sum = nanos.stream().mapToLong(Long::longValue).sum();
    long begin = System.nanoTime();
    Load.get(pool.mapAsync(Load::spun, nanos));
    double real = System.nanoTime() - begin;
    return new Figure(name, "", Math.max(longest, sum / rig.processes()) / real);
  }

  private static double[] rising(int count) {
    double[] costs = new double[count];
    Arrays.setAll(costs, i -> (i + 1.0) * (i + 1.0));
    return costs;
  }

  /** Pareto's distribution: a few items cost as much as all others together. */
  private static double[] heavyTailed(int count) {
    Random random = new Random(SEED);
    double[] costs = new double[count];
    Arrays.setAll(costs, i -> Math.pow(1 - random.nextDouble(), -1 / TAIL));
    return costs;
  }

  private static List<Long> scaled(long all, double... costs) {
    double sum = Math.max(1, Arrays.stream(costs).sum());
    return Arrays.stream(costs).mapToObj(cost -> (long) (cost / sum * all)).toList();
  }
}
