package dev.farpool.chaos.schedule;

import dev.farpool.chaos.schedule.Fault.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** The faults of a run, in order of their beginning: the same for the same seed and targets. */
public final class Schedule {
  private static final long SHORTEST_MILLIS = 200;
  private static final int MOST_AMOUNT = 30_000;

  private final List<Fault> faults;

  private Schedule(List<Fault> faults) {
    this.faults = List.copyOf(faults);
  }

  /**
   * Draws one.
   *
   * @param fromMillis when the first fault may begin
   * @param untilMillis when the last must be over
   */
  public static Schedule draw(long seed, List<Target> targets, long fromMillis, long untilMillis) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Fault> faults = new ArrayList<>();
    for (Target target : targets) {
      // A generator of its own, so that one target more does not change what befalls the others.
      draw(random.split(), target, fromMillis, untilMillis, faults);
    }
    faults.sort(Comparator.comparingLong(Fault::atMillis).thenComparing(Fault::target));
    return new Schedule(faults);
  }

  private static void draw(
      SplittableRandom random, Target target, long from, long until, List<Fault> faults) {
    long at = from + gap(random, target) / 2;
    while (true) {
      Kind kind = target.kinds().get(random.nextInt(target.kinds().size()));
      // Short ones are the most frequent, for what lies around a lease is the most telling.
      double share = random.nextDouble() * random.nextDouble();
      long lasts = SHORTEST_MILLIS + (long) (share * (target.longestMillis() - SHORTEST_MILLIS));
      int amount = 1 + random.nextInt(MOST_AMOUNT);
      if (at + lasts > until) {
        return;
      }
      faults.add(new Fault(at, lasts, kind, target.name(), amount));
      at += lasts + gap(random, target);
    }
  }

  private static long gap(SplittableRandom random, Target target) {
    return target.gapMillis() / 2 + random.nextLong(target.gapMillis());
  }

  /** All faults. */
  public List<Fault> faults() {
    return faults;
  }
}
