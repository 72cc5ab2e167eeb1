package dev.farpool.worker.core;

import dev.farpool.v1.PoolSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Executors that were started ahead and belong to no pool yet, so that a new pool need not wait for
 * a process to start.
 *
 * <p>They are started and replaced one at a time, and only when the worker has been calm for a
 * moment, so that they do not compete with work. A spare gets its pool's code late; options,
 * environment and directory of a process cannot come late, so a pool that has its own takes none.
 */
final class Spares {
  private static final long CALM_NANOS = 200_000_000;
  private static final long FIRST_PAUSE_NANOS = 1_000_000_000;
  private static final int MOST_DOUBLINGS = 6;
  private static final long NEVER = Long.MAX_VALUE;

  /** One of them; the process id is 0 until it has connected. */
  record Spare(long id, long pid) {
    boolean isConnected() {
      return pid != 0;
    }
  }

  private final Effects effects;
  private final int wanted;
  private final List<Spare> spares = new ArrayList<>();
  private long calmSinceNanos = NEVER;
  private long noStartBeforeNanos = Long.MIN_VALUE;
  private int lost;

  /**
   * @param wanted how many there are to be
   */
  Spares(Effects effects, int wanted) {
    this.effects = effects;
    this.wanted = wanted;
  }

  int count() {
    return spares.size();
  }

  /** Gives one away to a pool, rather one that has connected; null if there is none for it. */
  Spare take(PoolSpec spec) {
    if (spares.isEmpty() || !fits(spec)) {
      return null;
    }
    int ready = 0;
    while (ready < spares.size() && !spares.get(ready).isConnected()) {
      ready++;
    }
    lost = 0;
    return spares.remove(ready < spares.size() ? ready : 0);
  }

  /** Whether the process of an executor need know nothing of its pool when it is started. */
  static boolean fits(PoolSpec spec) {
    return spec.getJvmOptionsCount() == 0
        && spec.getEnvironmentCount() == 0
        && spec.getWorkingDirectory().isEmpty();
  }

  /** An executor has connected; whether it is one of these. */
  boolean connected(long id, long pid) {
    for (int i = 0; i < spares.size(); i++) {
      if (spares.get(i).id() == id) {
        spares.set(i, new Spare(id, pid));
        effects.prepareSpare(id);
        return true;
      }
    }
    return false;
  }

  /** An executor has ended. If it is one of these the next one is not tried at once. */
  void gone(long id, long now) {
    if (spares.removeIf(spare -> spare.id() == id)) {
      noStartBeforeNanos = now + (FIRST_PAUSE_NANOS << Math.min(lost++, MOST_DOUBLINGS));
    }
  }

  /** Whether one more is to be started, now or later. */
  boolean isMissing() {
    return spares.size() < wanted && spares.stream().allMatch(Spare::isConnected);
  }

  /**
   * Starts the next one if the worker has been calm for long enough.
   *
   * @param calm whether one is missing and the worker has time for it now
   * @return whether an executor was started with this id
   */
  boolean settle(boolean calm, long nextId, long now) {
    if (!calm) {
      calmSinceNanos = NEVER;
      return false;
    }
    calmSinceNanos = Math.min(calmSinceNanos, now);
    if (now < due()) {
      return false;
    }
    calmSinceNanos = NEVER;
    spares.add(new Spare(nextId, 0));
    effects.startSpare(nextId);
    return true;
  }

  /** When {@link #settle} has something to do, if the worker is still calm then. */
  long due() {
    return calmSinceNanos == NEVER
        ? NEVER
        : Math.max(calmSinceNanos + CALM_NANOS, noStartBeforeNanos);
  }
}
