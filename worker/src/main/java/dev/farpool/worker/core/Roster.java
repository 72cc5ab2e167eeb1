package dev.farpool.worker.core;

import com.google.protobuf.ByteString;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The executors of all pools. A few idle ones stay warm; beyond that the longest idle go. */
final class Roster {
  private static final int WARM = 2;

  private final Map<Long, Pipeline> pipelines = new LinkedHashMap<>();
  private final Effects effects;
  private final int cores;
  private final Spares spares;
  private final Veterans veterans;
  private long lastId;

  Roster(Effects effects, int cores, Spares spares, Veterans veterans) {
    this.effects = effects;
    this.cores = cores;
    this.spares = spares;
    this.veterans = veterans;
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

  int cores() {
    return cores;
  }

  /** How many executors were ever started, spares included. */
  long started() {
    return lastId;
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

  /** Takes a veteran or a spare for a pool, or starts an executor. */
  void start(HeldPool pool, long now) {
    Veterans.Veteran veteran = veterans.take(pool);
    if (veteran == null) {
      startSpareOrNew(pool, now);
    } else {
      Pipeline pipeline = new Pipeline(veteran.id(), pool, veteran.sequence());
      add(pipeline, now);
      setUp(pipeline, veteran.pid());
    }
    boolean crowded = pipelines.size() + veterans.count() > cores + WARM;
    if (crowded && !veterans.dismiss()) {
      retireLongestIdle(pool, now);
    }
  }

  private void startSpareOrNew(HeldPool pool, long now) {
    Spares.Spare spare = spares.take(pool.spec);
    Pipeline pipeline = new Pipeline(spare == null ? ++lastId : spare.id(), pool);
    pipeline.spare = spare != null;
    add(pipeline, now);
    if (spare == null) {
      effects.startExecutor(pipeline.id, pool.id, pool.spec);
    } else if (spare.isConnected()) {
      setUp(pipeline, spare.pid());
    }
  }

  private void add(Pipeline pipeline, long now) {
    pipeline.idleSinceNanos = now;
    pipelines.put(pipeline.id, pipeline);
    pipeline.pool.pipelines.add(pipeline);
  }

  /** An executor that has a pool has connected, whichever came first. */
  void setUp(Pipeline pipeline, long pid) {
    pipeline.pid = pid;
    if (pipeline.state == Pipeline.State.STARTING) {
      pipeline.state = Pipeline.State.SETTING_UP;
    }
    HeldPool pool = pipeline.pool;
    ByteString initializer = ByteString.EMPTY;
    if (pool.spec.hasInitializer()) {
      initializer = pool.functions.getOrDefault(HeldPool.INITIALIZER, ByteString.EMPTY);
    }
    if (pipeline.spare) {
      effects.setUpSpare(pipeline.id, pool.id, pool.spec, initializer);
    } else {
      effects.setUp(pipeline.id, pool.spec, initializer);
    }
  }

  /** Starts a spare if it is {@code welcome}, one is missing, and there is time for it. */
  void settleSpares(boolean welcome, long now) {
    boolean wanted = welcome && spares.isMissing();
    if (spares.settle(wanted && isCalm(), lastId + 1, now)) {
      lastId++;
    }
  }

  /** A core is free, and nobody waits for an executor that is starting. */
  private boolean isCalm() {
    for (Pipeline pipeline : pipelines.values()) {
      if (pipeline.isStarting()) {
        return false;
      }
    }
    return freeCores() > 0;
  }

  /** The pool of an executor is over. */
  void release(Pipeline pipeline, long now) {
    if (veterans.keep(pipeline, now)) {
      remove(pipeline);
    } else {
      retire(pipeline, now);
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
