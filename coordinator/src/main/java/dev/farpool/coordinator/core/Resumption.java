package dev.farpool.coordinator.core;

import dev.farpool.v1.IndexRange;
import dev.farpool.v1.ResumedPool;

/**
 * How far a pool had come on a coordinator that was lost, and whether its tasks of that time may be
 * handed out: only when all of them are there again, and no worker can come any more that holds
 * some of them.
 */
final class Resumption {
  /** Tasks below it were known to the lost coordinator. 0 for a pool that began here. */
  final long nextIndex;

  private final IndexRanges finished = new IndexRanges();
  private boolean open;

  Resumption(ResumedPool resumed) {
    this.nextIndex = resumed.getNextIndex();
    for (IndexRange run : resumed.getFinishedList()) {
      finished.add(run.getFirst(), run.getFirst() + run.getCount());
    }
    this.open = nextIndex == 0;
  }

  /** Whether the tasks of that time may be handed out. */
  boolean isOpen() {
    return open;
  }

  void open() {
    open = true;
  }

  /** The first index from one on that had no outcome. */
  long skipFinished(long index) {
    return finished.endOfRun(index);
  }

  /** Whether one of these indexes had its outcome. */
  boolean hasFinished(long first, long end) {
    return finished.countBelow(end) > finished.countBelow(first);
  }

  /** How many tasks had their outcome. */
  long finished() {
    return finished.count();
  }

  /** The tasks from an index on, of that time, that had no outcome. */
  IndexRanges unfinishedFrom(long index) {
    IndexRanges rest = new IndexRanges();
    for (long next = skipFinished(index); next < nextIndex; ) {
      long end = Math.min(nextIndex, finished.startOfRun(next));
      rest.add(next, end);
      next = skipFinished(end);
    }
    return rest;
  }
}
