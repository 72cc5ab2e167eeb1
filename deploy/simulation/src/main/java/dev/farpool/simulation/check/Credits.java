package dev.farpool.simulation.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What each worker has of one pool, against what it ever asked for: slots, and a prefetch for each.
 * Only for runs in which nothing goes wrong, where every task that is handed out is answered.
 */
final class Credits {
  private final Ledger ledger;
  private final PoolFacts pool;
  private final Map<String, Set<Long>> open = new HashMap<>();
  private final Map<String, Integer> prefetch = new HashMap<>();
  private final Map<String, Integer> slots = new HashMap<>();

  Credits(Ledger ledger, PoolFacts pool) {
    this.ledger = ledger;
    this.pool = pool;
  }

  /** A worker takes so many tasks beyond the running ones. */
  void asked(String instance, int prefetchPerSlot) {
    prefetch.merge(instance, prefetchPerSlot, Math::max);
  }

  /** A worker is handed a task. */
  void handed(String instance, long index, int slotsThere) {
    Set<Long> there = open.computeIfAbsent(instance, absent -> new HashSet<>());
    there.add(index);
    slots.merge(instance, slotsThere, Math::max);
    long most = slots.get(instance) * (2L + prefetch.getOrDefault(instance, 0));
    if (there.size() > most) {
      String text = pool.task(index) + " is handed to a worker that has " + there.size() + " tasks";
      ledger.violated("credit", text + " and takes at most " + most);
    }
  }

  /** A worker has answered for a task. */
  void answered(String instance, long index) {
    Set<Long> there = open.get(instance);
    if (there != null) {
      there.remove(index);
    }
  }
}
