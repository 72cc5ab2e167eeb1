package dev.farpool.coordinator.core;

/**
 * Tells workers how much of a pool's output has left the coordinator, where that is paced: they
 * send no more than the client takes, and so tasks print no faster, as into a pipe.
 */
final class OutputPace {
  /** Told in portions of a window, as every message costs the same. */
  static final int PORTIONS = 4;

  private final WorkerTable workers;

  OutputPace(WorkerTable workers) {
    this.workers = workers;
  }

  /** Tells the workers of a pool. */
  void tell(Pool pool) {
    for (Allotment allotment : pool.prints.due()) {
      long bytes = allotment.takeOutputTaken();
      if (allotment.worker.connected) {
        workers.touch(allotment.worker).outputTaken(pool, bytes);
      }
    }
    pool.prints.due().clear();
  }
}
