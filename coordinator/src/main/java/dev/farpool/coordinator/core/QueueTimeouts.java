package dev.farpool.coordinator.core;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Tasks that may wait only so long for their first start: one entry for a batch of them. */
final class QueueTimeouts {
  private static final int LEAST = 1000;

  private final PriorityQueue<Waiting> byDeadline =
      new PriorityQueue<>(
          Comparator.<Waiting>comparingLong(entry -> entry.slab.startDeadlineNanos)
              .thenComparingLong(entry -> entry.slab.arrival));

  /** Entries of batches that have ended are dropped when there are more than this. */
  private int most = LEAST;

  void add(Pool pool, Slab slab) {
    if (slab.startDeadlineNanos != Long.MAX_VALUE) {
      if (byDeadline.size() >= most) {
        byDeadline.removeIf(entry -> entry.slab.isSpent());
        most = Math.max(LEAST, 2 * byDeadline.size());
      }
      byDeadline.add(new Waiting(pool, slab));
    }
  }

  int size() {
    return byDeadline.size();
  }

  /** Ends those whose time is over. */
  void expire(long nowNanos, Endings endings) {
    while (!byDeadline.isEmpty() && byDeadline.peek().slab.startDeadlineNanos <= nowNanos) {
      Waiting late = byDeadline.poll();
      if (late.slab.waiting() > 0) {
        endings.expire(late.pool, late.slab);
      }
    }
  }

  private record Waiting(Pool pool, Slab slab) {}
}
