package dev.farpool.simulation.check;

import java.util.Locale;

/** One run of a task's code in an executor. */
final class Run {
  static final long STILL = Long.MAX_VALUE;

  final int number;
  final TaskFacts task;
  final String instance;
  final int attempt;
  final long start;
  long end = STILL;
  boolean died;

  Run(int number, TaskFacts task, String instance, int attempt, long start) {
    this.number = number;
    this.task = task;
    this.instance = instance;
    this.attempt = attempt;
    this.start = start;
  }

  boolean isRunning() {
    return end == STILL;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "attempt %d on %s from %.6f s to %s",
        attempt,
        instance.substring(0, 8),
        start / 1e9,
        isRunning() ? "now" : String.format(Locale.ROOT, "%.6f s", end / 1e9));
  }
}
