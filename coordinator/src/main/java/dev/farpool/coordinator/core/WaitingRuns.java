package dev.farpool.coordinator.core;

import dev.farpool.coordinator.history.TaskTimes;
import dev.farpool.v1.IndexRange;

/** Puts the waiting tasks of a pool on a page, those that follow one another as one row. */
final class WaitingRuns {
  private final Pool pool;
  private final TaskPage page;
  private long first;
  private long end;
  private int attempts;
  private long queuedNanos;

  private WaitingRuns(Pool pool, TaskPage page) {
    this.pool = pool;
    this.page = page;
  }

  /** Adds what waits from an index on. */
  static void add(Pool pool, long from, TaskPage page) {
    WaitingRuns runs = new WaitingRuns(pool, page);
    if (runs.addSlabs(from) && runs.addMissing(from) && !runs.close()) {
      runs.endBefore(runs.first);
    }
  }

  /** Whether all of it fits so far. */
  private boolean addSlabs(long from) {
    for (Slab slab : pool.queue.slabsFrom(from)) {
      long begin = Math.max(from, slab.first);
      if (!page.look()) {
        return stop(begin);
      }
      boolean some = slab.waiting() > 0 && begin < slab.end();
      if (some && !(slab.isUntouched() ? addWhole(slab, begin) : addTasks(slab, begin))) {
        return false;
      }
    }
    return true;
  }

  private boolean addWhole(Slab slab, long begin) {
    return extend(begin, slab.end(), 0, slab.submittedNanos);
  }

  private boolean addTasks(Slab slab, long begin) {
    for (long index = begin; index < slab.end(); index++) {
      if (!page.look()) {
        return stop(index);
      }
      if (slab.isWaiting(index)
          && !extend(index, index + 1, slab.lostAttempts(index), slab.submittedNanos)) {
        return false;
      }
    }
    return true;
  }

  /** Those of a pool that lived on another coordinator and are still to be submitted again. */
  private boolean addMissing(long from) {
    for (IndexRange run : pool.queue.missing().toMessages()) {
      long begin = Math.max(from, run.getFirst());
      long runEnd = run.getFirst() + run.getCount();
      if (begin < runEnd && !extend(begin, runEnd, 0, TaskTimes.UNKNOWN)) {
        return false;
      }
    }
    return true;
  }

  private boolean extend(long from, long to, int lost, long queued) {
    boolean follows = end > first && from == end && lost == attempts;
    if (!follows) {
      if (!close()) {
        endBefore(first);
        return false;
      }
      first = from;
      attempts = lost;
      queuedNanos = queued;
    }
    end = to;
    return true;
  }

  /** Puts the run on the page, if there is one; whether it fits. */
  private boolean close() {
    boolean fits =
        end == first || page.add(TaskRows.waiting(pool, first, end - first, attempts, queuedNanos));
    if (fits) {
      first = end;
    }
    return fits;
  }

  private boolean stop(long index) {
    endBefore(close() ? index : first);
    return false;
  }

  private void endBefore(long index) {
    page.endBefore(new TaskCursor(TaskCursor.Section.WAITING, pool.number, index));
  }
}
