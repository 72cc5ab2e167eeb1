package dev.farpool.worker.core;

import dev.farpool.v1.PoolSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Executors whose pool is over and that ran nothing but commands, kept for a while for the next
 * such pool of the same identity: they have loaded and compiled all that they need.
 *
 * <p>Of a pool nothing stays in a process that only started others, so they are as good as new ones
 * to whoever made that pool. An executor in which code of a client ran is never kept.
 */
final class Veterans {
  private static final long KEPT_NANOS = 60_000_000_000L;

  /**
   * One of them.
   *
   * @param sequence the one of the next task it gets
   */
  record Veteran(long id, long pid, String owner, long sequence, long sinceNanos) {}

  private final Effects effects;
  private final int most;

  /** In the order in which they came. */
  private final Deque<Veteran> veterans = new ArrayDeque<>();

  /**
   * @param most how many are kept
   */
  Veterans(Effects effects, int most) {
    this.effects = effects;
    this.most = most;
  }

  int count() {
    return veterans.size();
  }

  /**
   * Keeps an executor whose pool is over.
   *
   * @return false if it must go with its pool
   */
  boolean keep(Pipeline pipeline, long now) {
    HeldPool pool = pipeline.pool;
    boolean trusted = !pool.owner.isEmpty() && !pipeline.ranCode && isPlain(pool.spec);
    if (!trusted || !pipeline.isIdle() || !pipeline.takesTasks() || count() >= most) {
      return false;
    }
    long sequence = pipeline.inFlight.sent();
    veterans.addLast(new Veteran(pipeline.id, pipeline.pid, pool.owner, sequence, now));
    effects.release(pipeline.id);
    return true;
  }

  /** Gives one away to a pool, the one that came last; null if there is none for it. */
  Veteran take(HeldPool pool) {
    if (isPlain(pool.spec)) {
      for (Iterator<Veteran> all = veterans.descendingIterator(); all.hasNext(); ) {
        Veteran veteran = all.next();
        if (veteran.owner().equals(pool.owner)) {
          all.remove();
          return veteran;
        }
      }
    }
    return null;
  }

  /** Whether its executors are like those of every other such pool, but for what they run. */
  private static boolean isPlain(PoolSpec spec) {
    boolean ageless =
        spec.getMaxTasksPerChild() == 0 && !spec.hasMaxChildAge() && spec.getMaxChildMemory() == 0;
    return ageless
        && spec.getCode().getPartsCount() == 0
        && !spec.hasInitializer()
        && Spares.fits(spec);
  }

  /** An executor has ended. */
  void gone(long id) {
    veterans.removeIf(veteran -> veteran.id() == id);
  }

  /**
   * Lets the one go that has waited longest.
   *
   * @return false if there is none
   */
  boolean dismiss() {
    Veteran oldest = veterans.pollFirst();
    if (oldest != null) {
      effects.kill(oldest.id());
    }
    return oldest != null;
  }

  /** Lets those go that nobody has needed for long. */
  void settle(long now) {
    while (now >= due()) {
      dismiss();
    }
  }

  /** When {@link #settle} has something to do. */
  long due() {
    return veterans.isEmpty() ? Long.MAX_VALUE : veterans.getFirst().sinceNanos() + KEPT_NANOS;
  }
}
