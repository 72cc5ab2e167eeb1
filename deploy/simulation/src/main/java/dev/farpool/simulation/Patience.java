package dev.farpool.simulation;

import dev.farpool.simulation.work.Step;
import dev.farpool.simulation.work.TaskScript;

/** How long everything may take, at worst, once nothing goes wrong any more. */
record Patience(Scenario scenario) {
  private static final long SECOND = 1_000_000_000L;
  private static final int MOST_ATTEMPTS = 4;

  /** In nanoseconds. */
  long nanos() {
    long work = 0;
    int tasks = 0;
    for (var pool : scenario.pools()) {
      for (Step step : pool.steps()) {
        if (step instanceof Step.Submit submit) {
          for (TaskScript task : submit.tasks()) {
            work += task.runMicros() * 1000L;
            tasks++;
          }
        }
      }
    }
    double slowness = scenario.settings().executors().slowness();
    long starts = tasks * scenario.settings().executors().mostStartNanos() * 2;
    long lease = scenario.settings().limits().lease().toNanos();
    long once = (long) (work * slowness) + starts;
    return once * MOST_ATTEMPTS + 6 * lease + 180 * SECOND;
  }
}
