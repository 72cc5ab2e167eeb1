package dev.farpool.coordinator.core;

/** Whether a worker could run a task at all, however busy it is. */
enum Fitness {
  FITS,
  LACKS_LABELS,
  LACKS_CORES,
  /** Executors of the pool failed to start there again and again. */
  BANNED;

  static Fitness of(Worker worker, Pool pool, Terms terms) {
    if (!worker.hasLabels(terms.labels())) {
      return LACKS_LABELS;
    }
    if (worker.cores() < terms.cores()) {
      return LACKS_CORES;
    }
    Allotment allotment = pool.allotments.get(worker);
    return allotment != null && allotment.isBanned() ? BANNED : FITS;
  }
}
