package dev.farpool.scale.crew;

import java.util.SplittableRandom;

/** How long simulated tasks run: evenly spread around a mean. Not thread-safe. */
final class TaskTimes {
  private final double least;
  private final double most;
  private final SplittableRandom random;

  /**
   * @param spread how far from the mean, as a part of it
   */
  TaskTimes(double meanMillis, double spread, long seed) {
    this.least = meanMillis * (1 - spread);
    this.most = meanMillis * (1 + spread);
    this.random = new SplittableRandom(seed);
  }

  long nextMillis() {
    return Math.round(least + (most - least) * random.nextDouble());
  }
}
