package dev.farpool.coordinator.history;

import dev.farpool.v1.TaskStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Tasks that ended lately. All that did not succeed, and of those that did a few of each moment, so
 * that a flood of short tasks costs nothing and does not wash away what was before it.
 */
public final class EndedTasks {
  static final int MOST_SUCCESSES = 10_000;
  static final int MOST_OTHERS = 2_000;
  static final int MOST_IN_WINDOW = 10;
  static final long WINDOW_NANOS = 100_000_000;

  /**
   * A kept row.
   *
   * @param number grows with each that is kept
   */
  public record Entry(long number, TaskRow row) {}

  private final TreeMap<Long, TaskRow> rows = new TreeMap<>();
  private final Deque<Long> successes = new ArrayDeque<>();
  private final Deque<Long> others = new ArrayDeque<>();
  private long last;
  private long windowEndNanos = Long.MIN_VALUE;
  private int room;

  /** How many successes are worth to be added now. */
  public int room(long nowNanos) {
    if (nowNanos >= windowEndNanos) {
      windowEndNanos = nowNanos + WINDOW_NANOS;
      room = MOST_IN_WINDOW;
    }
    return room;
  }

  /** Keeps a task that has ended; the oldest of its kind goes for it. */
  public void add(TaskRow row) {
    rows.put(++last, row);
    if (row.status().getState() == TaskStatus.State.STATE_SUCCEEDED) {
      room--;
      add(successes, MOST_SUCCESSES);
    } else {
      add(others, MOST_OTHERS);
    }
  }

  private void add(Deque<Long> kind, int most) {
    kind.add(last);
    if (kind.size() > most) {
      rows.remove(kind.poll());
    }
  }

  /**
   * The latest, the very latest first.
   *
   * @param upTo the highest number wanted
   * @param most at most so many
   */
  public List<Entry> latest(long upTo, Predicate<TaskRow> wanted, int most) {
    List<Entry> found = new ArrayList<>();
    for (Map.Entry<Long, TaskRow> each : rows.headMap(upTo, true).descendingMap().entrySet()) {
      if (found.size() >= most) {
        break;
      }
      if (wanted.test(each.getValue())) {
        found.add(new Entry(each.getKey(), each.getValue()));
      }
    }
    return found;
  }

  /** A task; null if nothing is kept of it. */
  public TaskRow find(PoolKey pool, long index) {
    for (TaskRow row : rows.descendingMap().values()) {
      if (row.isOf(pool, index)) {
        return row;
      }
    }
    return null;
  }
}
