package dev.farpool.worker.core;

/**
 * Takes back tasks that are stuck behind ones that turn out to be long, since others may have room,
 * and those that wait behind one while another executor here has nothing to do.
 */
final class Stalls {
  private final Reports reports;
  private final Stopper stopper;

  Stalls(Reports reports, Stopper stopper) {
    this.reports = reports;
    this.stopper = stopper;
  }

  /** Takes back, or gives back, what is stuck by now. */
  void relieve(HeldPool pool, long now, long roundTripNanos) {
    long stallNanos = pool.gauge.stuckNanos(roundTripNanos);
    for (Pipeline pipeline : pool.pipelines) {
      long running = now - pipeline.headStartedNanos;
      if (mayStall(pipeline) && running >= stallNanos) {
        pool.gauge.running(running);
        stopper.recall(pipeline);
      }
    }
    if (pool.waiting.isEmpty() && pool.hasIdleExecutor()) {
      spread(pool, now, roundTripNanos);
    }
    if (now >= stuckFrom(pool, stallNanos)) {
      pool.gauge.running(stallNanos);
      reports.returned(pool, pool.waiting.removeAll());
    }
  }

  private void spread(HeldPool pool, long now, long roundTripNanos) {
    for (Pipeline pipeline : pool.pipelines) {
      long running = now - pipeline.headStartedNanos;
      if (mayStall(pipeline) && pool.gauge.isWorthMoving(running, roundTripNanos)) {
        stopper.recall(pipeline);
        return;
      }
    }
  }

  /** When {@link #relieve} has something to do. */
  long due(HeldPool pool, long roundTripNanos) {
    long stallNanos = pool.gauge.stuckNanos(roundTripNanos);
    long due = stuckFrom(pool, stallNanos);
    for (Pipeline pipeline : pool.pipelines) {
      if (mayStall(pipeline)) {
        due = Math.min(due, pipeline.headStartedNanos + stallNanos);
      }
    }
    return due;
  }

  /**
   * When waiting tasks have no prospect of a slot here, as the running ones are long. They were
   * sent before the coordinator saw that they were too many.
   */
  private static long stuckFrom(HeldPool pool, long stallNanos) {
    if (pool.waiting.isEmpty() || pool.busySlots() < pool.slots) {
      return Long.MAX_VALUE;
    }
    long lastStart = Long.MIN_VALUE;
    for (Pipeline pipeline : pool.pipelines) {
      if (!pipeline.inFlight.isEmpty()) {
        lastStart = Math.max(lastStart, pipeline.headStartedNanos);
      }
    }
    return lastStart == Long.MIN_VALUE ? Long.MAX_VALUE : lastStart + stallNanos;
  }

  private static boolean mayStall(Pipeline pipeline) {
    return pipeline.inFlight.count() > 1 && !pipeline.recalling && !pipeline.inFlight.hasGap();
  }
}
