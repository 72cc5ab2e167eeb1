package dev.farpool.coordinator.history;

import dev.farpool.v1.AttemptStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Attempts that lately ended without an answer: the last thousand of the cluster. */
public final class LostAttempts {
  static final int MOST = 1_000;

  private record Entry(PoolKey pool, long index, AttemptStatus attempt, TaskTimes times) {}

  private final Deque<Entry> entries = new ArrayDeque<>();

  /**
   * Keeps an attempt; the oldest goes for it.
   *
   * @param attempt all but the times
   */
  public void add(PoolKey pool, long index, AttemptStatus attempt, TaskTimes times) {
    entries.add(new Entry(pool, index, attempt, times));
    if (entries.size() > MOST) {
      entries.poll();
    }
  }

  /** Those of a task, the first first. */
  public List<AttemptStatus> of(PoolKey pool, long index, WallTime wall) {
    List<AttemptStatus> found = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.index == index && entry.pool.equals(pool)) {
        found.add(at(wall, entry.attempt, entry.times));
      }
    }
    return found;
  }

  /** An attempt with its times. */
  public static AttemptStatus at(WallTime wall, AttemptStatus attempt, TaskTimes times) {
    AttemptStatus.Builder whole = attempt.toBuilder();
    if (times.startedNanos() != TaskTimes.UNKNOWN) {
      whole.setStartedAt(wall.at(times.startedNanos()));
    }
    if (times.endedNanos() != TaskTimes.UNKNOWN) {
      whole.setEndedAt(wall.at(times.endedNanos()));
    }
    return whole.build();
  }
}
