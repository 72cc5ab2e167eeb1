package dev.farpool.worker.core;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** All executors of the worker. A few idle ones stay warm; beyond that the longest idle go. */
final class Roster {
  private static final int SPARE = 2;

  private final Map<Long, Pipeline> pipelines = new LinkedHashMap<>();
  private final Effects effects;
  private final int cores;
  private long lastId;

  Roster(Effects effects, int cores) {
    this.effects = effects;
    this.cores = cores;
  }

  /** The executor; null if it is gone. */
  Pipeline get(long id) {
    return pipelines.get(id);
  }

  Collection<Pipeline> all() {
    return pipelines.values();
  }

  int count() {
    return pipelines.size();
  }

  /**
   * How many cores no task is running on. The coordinator may count less of them as taken: by pools
   * that it does not know yet, or that have ended while their processes have not.
   */
  int freeCores() {
    int free = cores;
    for (Pipeline pipeline : pipelines.values()) {
      free -= pipeline.coresTaken();
    }
    return free;
  }

  /** Starts an executor for a pool. */
  void start(HeldPool pool, long now) {
    Pipeline pipeline = new Pipeline(++lastId, pool);
    pipeline.idleSinceNanos = now;
    pipelines.put(pipeline.id, pipeline);
    pool.pipelines.add(pipeline);
    effects.startExecutor(pipeline.id, pool.id, pool.spec);
    if (pipelines.size() > cores + SPARE) {
      retireLongestIdle(pool, now);
    }
  }

  /** Lets an executor go when it has finished what it has. */
  void retire(Pipeline pipeline, long now) {
    pipeline.state = Pipeline.State.LEAVING;
    effects.exit(pipeline.id);
    if (pipeline.inFlight.isEmpty()) {
      giveGrace(pipeline, now);
    }
  }

  /** If it is not gone by the end of the pool's grace, it is killed. */
  static void giveGrace(Pipeline pipeline, long now) {
    pipeline.stop =
        new Stop(
            pipeline.inFlight.sent(), null, Stop.Step.TERMINATED, now + pipeline.pool.graceNanos());
  }

  void remove(Pipeline pipeline) {
    pipelines.remove(pipeline.id);
    pipeline.pool.pipelines.remove(pipeline);
  }

  private void retireLongestIdle(HeldPool starting, long now) {
    Pipeline longest = null;
    for (Pipeline pipeline : pipelines.values()) {
      boolean candidate = pipeline.isIdle() && pipeline.pool != starting;
      if (candidate && (longest == null || pipeline.idleSinceNanos < longest.idleSinceNanos)) {
        longest = pipeline;
      }
    }
    if (longest != null) {
      retire(longest, now);
    }
  }
}
