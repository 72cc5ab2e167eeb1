package dev.farpool.chaos.work;

import java.util.Random;

/** How long tasks take: most next to nothing, some a while, few for seconds. */
final class Durations {
  private static final int QUICK_PERMILLE = 925;
  private static final int MEDIUM_PERMILLE = 70;
  private static final int QUICK_MILLIS = 10;
  private static final int MEDIUM_MILLIS = 250;
  private static final int LONG_MILLIS = 4000;

  private Durations() {}

  /**
   * The time of one task.
   *
   * @param longest no task takes longer, in milliseconds
   */
  static int draw(Random random, int longest) {
    int kind = random.nextInt(1000);
    int bound =
        kind < QUICK_PERMILLE
            ? QUICK_MILLIS
            : kind < QUICK_PERMILLE + MEDIUM_PERMILLE ? MEDIUM_MILLIS : LONG_MILLIS;
    return Math.min(random.nextInt(bound), longest);
  }
}
