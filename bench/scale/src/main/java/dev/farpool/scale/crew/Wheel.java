package dev.farpool.scale.crew;

import java.util.ArrayList;
import java.util.List;

/**
 * What is to be done later, to the millisecond, at the same price for any number of things. Not
 * thread-safe.
 */
final class Wheel {
  private static final int ROUND = 1 << 14;

  private final List<List<Runnable>> buckets = new ArrayList<>(ROUND);
  private long tick;

  Wheel() {
    for (int i = 0; i < ROUND; i++) {
      buckets.add(new ArrayList<>());
    }
  }

  /** Has something done so many milliseconds from now: 1 at least, about 16 seconds at most. */
  void in(long millis, Runnable action) {
    long delay = Math.max(1, Math.min(ROUND - 1, millis));
    buckets.get((int) ((tick + delay) % ROUND)).add(action);
  }

  /** Does what is due up to this many milliseconds after the start. */
  void advance(long millis) {
    while (tick < millis) {
      tick++;
      int at = (int) (tick % ROUND);
      List<Runnable> due = buckets.get(at);
      if (!due.isEmpty()) {
        buckets.set(at, new ArrayList<>());
        due.forEach(Runnable::run);
      }
    }
  }
}
