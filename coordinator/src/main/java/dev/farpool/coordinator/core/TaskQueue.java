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
  final Resumption resumption;
  private final Held held;
  private final TreeMap<Long, Slab> slabs = new TreeMap<>();

  /** Tasks that were handed out or adopted, and wait again. */
  private final IndexRanges returned = new IndexRanges();

  /** No task from here on was ever handed out, but for those adopted from workers. */
  private long cursor;

  private long end;
  private long waiting;
  private Slab recent;

  TaskQueue(Resumption resumption, Held held) {
    this.resumption = resumption;
    this.held = held;
    this.end = resumption.skipFinished(0);
  }

  /** The index the next batch begins with. */
  long end() {
    return end;
  }

  /** Whether all tasks are here that were submitted to a coordinator before this one. */
  boolean isComplete() {
    return end >= resumption.nextIndex;
  }

  long waiting() {
    return waiting;
  }

  Collection<Slab> slabs() {
    return slabs.values();
  }

  void append(Slab slab) {
    slabs.put(slab.first, slab);
    end = resumption.skipFinished(slab.end());
    waiting += slab.waiting();
    held.add(slab.heapBytes);
    held.addTasks(slab.count());
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

  /** The slabs with tasks from an index on and before another. */
  List<Slab> slabs(long first, long end) {
    Long from = slabs.floorKey(first);
    return List.copyOf(slabs.subMap(from == null ? first : from, Math.max(first, end)).values());
  }

  /** The slabs with tasks from an index on; to be looked through before anything changes. */
  Collection<Slab> slabsFrom(long index) {
    Long from = slabs.floorKey(index);
    return slabs.tailMap(from == null ? index : from).values();
  }

  /** The same, without slabs none of whose tasks can have been handed out or adopted. */
  Collection<Slab> handedOutFrom(long index) {
    Long floor = slabs.floorKey(index);
    long from = floor == null ? index : floor;
    return slabs.subMap(from, Math.max(from, Math.max(cursor, resumption.nextIndex))).values();
  }

  /** The index of the task that goes next; only when some task waits. */
  long headIndex() {
    return returned.isEmpty() ? freshIndex() : returned.first();
  }

  /** Whether the task that goes next was never handed out; only when some task waits. */
  boolean isHeadFresh() {
    return returned.isEmpty();
  }

  /** The slab of the task that goes next, or null when none waits or none may go yet. */
  Slab head() {
    return waiting == 0 || (returned.isEmpty() && isGated()) ? null : find(headIndex());
  }

  /** How many tasks, at least, go one after the other from the head, all of its slab. */
  int offered(Slab head) {
    return returned.isEmpty()
        ? head.waiting()
        : (int) (Math.min(returned.firstRunEnd(), head.end()) - returned.first());
  }

  /** Whether tasks that were never handed out here may not be yet, see {@link Resumption}. */
  boolean isGated() {
    return !resumption.isOpen() && (!isComplete() || freshIndex() < resumption.nextIndex);
  }

  private long freshIndex() {
    advance();
    return cursor;
  }

  /** Moves the cursor over what ended or was adopted before its turn. */
  private void advance() {
    while (cursor < end) {
      Slab slab = find(cursor);
      if (slab == null) {
        Long next = slabs.ceilingKey(cursor);
        cursor = next == null ? end : next;
      } else if (isFresh(slab, cursor)) {
        return;
      } else {
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
    while (to < limit && slab.isWaiting(to) && slab.attempt(to) == slab.attempt(from)) {
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

  /** Whether a task waits that was never handed out. */
  boolean isFresh(Slab slab, long index) {
    return index >= cursor && slab.isWaiting(index) && !returned.contains(index);
  }

  /** A fresh task turns out to be at a worker. */
  void adopt(Slab slab, long index, int worker, int attempt) {
    slab.hold(index, 1, worker);
    slab.setAttempt(index, attempt);
    waiting--;
  }

  /** Whether a task waits that was handed out before and came back. */
  boolean isReturned(Slab slab, long index) {
    return index < cursor && slab.isWaiting(index);
  }

  /** A task that came back turns out to be coming back once more. */
  void holdReturned(Slab slab, long index, int worker) {
    returned.remove(index);
    slab.hold(index, 1, worker);
    waiting--;
  }

  /** Takes a waiting task out for good. */
  void endWaiting(Slab slab, long index) {
    slab.endWaiting(index);
    returned.remove(index);
    waiting--;
  }

  /**
   * Takes all tasks out that have no outcome.
   *
   * @param stopped gets those that workers have to let go of, by the worker's number
   * @return all of them, those included that were not submitted again since a restart
   */
  IndexRanges endAll(Map<Integer, IndexRanges> stopped) {
    IndexRanges ended = new IndexRanges();
    for (Slab slab : List.copyOf(slabs.values())) {
      slab.endAll(ended, stopped);
      dropIfSpent(slab);
    }
    missing().forEachRun(ended::add);
    resumption.open();
    returned.clear();
    end = Math.max(end, resumption.nextIndex);
    cursor = end;
    waiting = 0;
    return ended;
  }

  /** The tasks that were submitted to a coordinator before this one, and not again. */
  IndexRanges missing() {
    return resumption.unfinishedFrom(end);
  }

  /** The waiting tasks that a lost coordinator knew and that may be started only once. */
  IndexRanges doubtful() {
    IndexRanges doubtful = new IndexRanges();
    for (Slab slab : slabs.headMap(resumption.nextIndex).values()) {
      for (long index = slab.first; slab.terms.atMostOnce() && index < slab.end(); index++) {
        if (index < resumption.nextIndex && isFresh(slab, index)) {
          doubtful.add(index);
        }
      }
    }
    return doubtful;
  }

  /** Forgets a slab none of whose tasks waits or is held. To be called after any of them ended. */
  void dropIfSpent(Slab slab) {
    if (slab.isSpent() && slabs.remove(slab.first) != null) {
      held.add(-slab.heapBytes);
      held.addTasks(-slab.count());
      slab.payload.release();
      if (recent == slab) {
        recent = null;
      }
    }
  }

  /** How many waiting tasks go before one that waits. */
  long waitingBefore(long index) {
    long before = returned.countBelow(Math.min(index, cursor));
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
    return index >= 0 && index < known();
  }

  /** How many tasks were ever submitted, here or before. */
  long known() {
    return Math.max(end, resumption.nextIndex);
  }

  /** Whether a task has to be submitted again. */
  boolean isMissing(long index) {
    return index >= end
        && index < resumption.nextIndex
        && !resumption.hasFinished(index, index + 1);
  }

  /** Whether a task was handed out or adopted, and waits again. */
  boolean isReturned(long index) {
    return returned.contains(index);
  }
}
