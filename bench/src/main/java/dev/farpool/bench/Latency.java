package dev.farpool.bench;

import dev.farpool.Pool;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** One task at a time: from submitting it to having its result. */
final class Latency implements Workload {
  private static final double NANOS_PER_MICRO = 1e3;
  private static final int DIGITS = 3;

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String title() {
    return "one no-op task at a time, submit to result";
  }

  @Override
  public int defaultTasks(int processes) {
    return 10_000;
  }

  @Override
  public List<Figure> round(Rig rig, Pool pool, int tasks) throws InterruptedException {
    Histogram times = new Histogram(TimeUnit.MINUTES.toNanos(1), DIGITS);
    for (int i = 0; i < tasks; i++) {
      long begin = System.nanoTime();
      Load.get(pool.applyAsync(Load::noop));
      times.recordValue(System.nanoTime() - begin);
    }
    return List.of(
        percentile(times, "p50", 50),
        percentile(times, "p90", 90),
        percentile(times, "p99", 99),
        percentile(times, "p99.9", 99.9));
  }

  private static Figure percentile(Histogram times, String name, double percent) {
    return new Figure(name, "us", times.getValueAtPercentile(percent) / NANOS_PER_MICRO);
  }
}
