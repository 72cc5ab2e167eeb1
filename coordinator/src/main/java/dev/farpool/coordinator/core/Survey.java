package dev.farpool.coordinator.core;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What many pools can be explained by, counted once for all of them: otherwise a status would look
 * at every worker and every pool for each pool. Good until something changes.
 */
final class Survey {
  /**
   * The workers that could run a task, however busy they are.
   *
   * @param available how many of them may get tasks now
   * @param slots of all of them
   */
  record Fitting(int workers, int available, int slots) {}

  private record Needs(Map<String, String> labels, int cores) {}

  private final Collection<Worker> workers;
  private final Collection<Pool> pools;
  private final Map<Needs, Fitting> known = new HashMap<>();
  private long[] arrivals;

  Survey(Collection<Worker> workers, Collection<Pool> pools) {
    this.workers = workers;
    this.pools = pools;
  }

  /** The workers for a task of a pool; those that ban the pool are not among them. */
  Fitting fitting(Pool pool, Terms terms) {
    return pool.bans > 0
        ? count(pool, terms)
        : known.computeIfAbsent(
            new Needs(terms.labels(), terms.cores()), needs -> count(pool, terms));
  }

  private Fitting count(Pool pool, Terms terms) {
    int fit = 0;
    int available = 0;
    int slots = 0;
    for (Worker worker : workers) {
      if (Fitness.of(worker, pool, terms) == Fitness.FITS) {
        fit++;
        available += worker.isAvailable() ? 1 : 0;
        slots += worker.cores();
      }
    }
    return new Fitting(fit, available, slots);
  }

  /** How many pools have a task that waits and came before an arrival. */
  int poolsBefore(long arrival) {
    if (arrivals == null) {
      arrivals = arrivals();
    }
    int at = Arrays.binarySearch(arrivals, arrival);
    return at < 0 ? -1 - at : at;
  }

  /** Of the first waiting task of each pool that has one, in order. */
  private long[] arrivals() {
    long[] found = new long[pools.size()];
    int count = 0;
    for (Pool pool : pools) {
      Slab head = pool.queue.head();
      if (head != null) {
        found[count++] = head.arrival;
      }
    }
    long[] sorted = Arrays.copyOf(found, count);
    Arrays.sort(sorted);
    return sorted;
  }
}
