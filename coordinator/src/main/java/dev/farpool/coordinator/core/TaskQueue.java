package dev.farpool.coordinator.core;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tasks of one pool in order of index: those that wait, and those that workers hold.
 *
 * <p>A cursor separates what was handed out before from what was not; what comes back is remembered
 * apart and goes first, so every task keeps its place for ever.
 */
final class TaskQueue {
  private final TreeMap<Long, Slab> slabs = new TreeMap<>();
  private final IndexRanges returned = new IndexRanges();

  /** No task from here on was ever handed out. */
  private long cursor;

  private long end;
  private long waiting;
  private Slab recent;
  private final HeldBytes held;

  TaskQueue(HeldBytes held) {
    this.held = held;
  }

  /** The index the next batch begins with. */
  long end() {
    return end;
  }

  long waiting() {
    return waiting;
  }

  Collection<Slab> slabs() {
    return slabs.values();
  }

  void append(Slab slab) {
    slabs.put(slab.first, slab);
    end = slab.end();
    waiting += slab.waiting();
    held.add(slab.payloadBytes);
  }

  /** The slab of a task, or null when all its tasks have ended and it is gone. */
  Slab find(long index) {
    if (recent == null || !recent.contains(index)) {
      Map.Entry<Long, Slab> floor = slabs.floorEntry(index);
      if (floor == null || !floor.getValue().contains(index)) {
        return null;
      }
      recent = floor.getValue();
    }
    return recent;
  }

  /** The index of the task that goes next; only when some task waits. */
  long headIndex() {
    return returned.isEmpty() ? freshIndex() : returned.first();
  }

  /** The slab of the task that goes next, or null when none waits. */
  Slab head() {
    return waiting == 0 ? null : find(headIndex());
  }

  /** Moves the cursor over what ended before its turn. */
  private long freshIndex() {
    while (true) {
      Slab slab = find(cursor);
      if (slab == null) {
        cursor = slabs.ceilingKey(cursor);
        slab = slabs.get(cursor);
      }
      while (cursor < slab.end()) {
        if (slab.isWaiting(cursor)) {
          return cursor;
        }
        cursor++;
      }
    }
  }

  /**
   * Takes tasks from the head and gives them to a worker: at most so many, all of one slab and of
   * one attempt number, one after the other.
   *
   * @return how many were taken, from the index that was the head before
   */
  int take(int most, long maxBytes, int worker) {
    long from = headIndex();
    Slab slab = find(from);
    boolean again = !returned.isEmpty();
    long limit = Math.min(slab.end(), from + most);
    long to =
        again
            ? sameAttempts(slab, from, Math.min(limit, returned.firstRunEnd()))
            : waitingRun(slab, from, limit);
    int count = slab.payload.fit(slab.at(from), (int) (to - slab.first), maxBytes);
    if (again) {
      returned.removeFirst(count);
    } else {
      cursor = from + count;
    }
    slab.hold(from, count, worker);
    waiting -= count;
    return count;
  }

  private static long sameAttempts(Slab slab, long from, long limit) {
    long to = from + 1;
    while (to < limit && slab.attempt(to) == slab.attempt(from)) {
      to++;
    }
    return to;
  }

  private static long waitingRun(Slab slab, long from, long limit) {
    if (slab.isUntouched()) {
      return limit;
    }
    long to = from + 1;
    while (to < limit && slab.isWaiting(to)) {
      to++;
    }
    return to;
  }

  /** Puts a held task back to its place. */
  void putBack(Slab slab, long index) {
    slab.release(index);
    returned.add(index);
    waiting++;
  }

  /** Takes a waiting task out for good. */
  void endWaiting(Slab slab, long index) {
    slab.endWaiting(index);
    if (index < cursor) {
      returned.remove(index);
    }
    waiting--;
  }

  /**
   * Takes all tasks out that have no outcome.
   *
   * @param stopped gets those that workers have to let go of, by the worker's number
   * @return all of them
   */
  IndexRanges endAll(Map<Integer, IndexRanges> stopped) {
    IndexRanges ended = new IndexRanges();
    for (Slab slab : List.copyOf(slabs.values())) {
      slab.endAll(ended, stopped);
      dropIfSpent(slab);
    }
    returned.clear();
    cursor = end;
    waiting = 0;
    return ended;
  }

  /** Forgets a slab none of whose tasks waits or is held. To be called after any of them ended. */
  void dropIfSpent(Slab slab) {
    if (slab.isSpent() && slabs.remove(slab.first) != null) {
      held.add(-slab.payloadBytes);
      if (recent == slab) {
        recent = null;
      }
    }
  }

  /** How many waiting tasks go before one that waits. */
  long waitingBefore(long index) {
    long before = returned.countBelow(index);
    for (Slab slab : slabs.headMap(index, true).values()) {
      long from = Math.max(slab.first, cursor);
      long to = Math.min(slab.end(), index);
      if (slab.isUntouched()) {
        before += Math.max(0, to - from);
      } else {
        for (long i = from; i < to; i++) {
          before += slab.isWaiting(i) ? 1 : 0;
        }
      }
    }
    return before;
  }

  /** Whether the index was ever submitted. */
  boolean knows(long index) {
    return index >= 0 && index < end;
  }

  /** How many tasks came back and wait again. */
  long returned() {
    return returned.count();
  }
}
