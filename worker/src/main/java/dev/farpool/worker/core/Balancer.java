package dev.farpool.worker.core;

import dev.farpool.executor.frame.TaskKind;

/** Brings waiting tasks to executors: the freest first, and more executors up to the slots. */
final class Balancer {
  private static final int FRAME_BYTES = 256 * 1024;
  private static final int FEW_EACH = 2;

  private final Effects effects;
  private final Roster roster;

  Balancer(Effects effects, Roster roster) {
    this.effects = effects;
    this.roster = roster;
  }

  /** Gives out what can be given out now. */
  void balance(HeldPool pool, long now) {
    if (pool.waiting.isEmpty() || pool.released) {
      return;
    }
    feed(pool, now);
    if (pool.canStart(now)) {
      startMissing(pool, now);
    }
  }

  private void feed(HeldPool pool, long now) {
    int share = share(pool.waiting.count(), needy(pool));
    while (!pool.waiting.isEmpty()) {
      int depth = depth(pool);
      Pipeline target = freest(pool, depth);
      if (target == null) {
        return;
      }
      int room = depth - target.inFlight.count();
      int left = pool.tasksPerChild() - target.given;
      give(target, pool.waiting.take(Math.min(share, Math.min(room, left)), FRAME_BYTES), now);
    }
  }

  /**
   * How many tasks an executor gets at a time: few tasks are dealt out one by one, so that they
   * start in their order, many in equal parts, as few large frames cost less than many.
   */
  private static int share(int tasks, int executors) {
    boolean few = executors > 1 && tasks <= FEW_EACH * executors;
    return few ? 1 : (tasks + executors - 1) / executors;
  }

  /** How many executors the waiting tasks are for: those that have enough are not counted. */
  private static int needy(HeldPool pool) {
    int depth = depth(pool);
    int needy = Math.min(pool.slots, pool.living());
    for (Pipeline pipeline : pool.pipelines) {
      needy -= pipeline.takesTasks() && hasEnough(pipeline, depth) ? 1 : 0;
    }
    return Math.max(1, needy);
  }

  /** Whether it has more than half of what it may have. */
  private static boolean hasEnough(Pipeline pipeline, int depth) {
    return pipeline.inFlight.count() > depth / 2;
  }

  /**
   * How many tasks of the next batch an executor is given at a time. A task that starts at most
   * once has a slot of its own: behind another one it would wait for nothing, and what comes after
   * it would begin before it.
   */
  private static int depth(HeldPool pool) {
    Batch next = pool.waiting.nextBatch();
    boolean single = next.cores() > 1 || next.atMostOnce();
    return single ? 1 : 1 + pool.gauge.granted();
  }

  private Pipeline freest(HeldPool pool, int depth) {
    int needed = pool.waiting.nextBatch().cores();
    Pipeline freest = null;
    for (Pipeline pipeline : pool.pipelines) {
      int count = pipeline.inFlight.count();
      boolean fits =
          count == 0
              ? needed <= free(pool)
              : !hasEnough(pipeline, depth) && pipeline.slots() == needed;
      boolean freer = freest == null || count < freest.inFlight.count();
      if (pipeline.takesTasks() && fits && freer) {
        freest = pipeline;
      }
    }
    return freest;
  }

  private int free(HeldPool pool) {
    return Math.min(pool.slots - pool.busySlots(), roster.freeCores());
  }

  private void give(Pipeline target, TaskRun run, long now) {
    HeldPool pool = target.pool;
    if (run.kind() == TaskKind.CALL && target.functions.add(run.function())) {
      if (pool.functions.containsKey(run.function())) {
        effects.define(target.id, run.function(), pool.functions.get(run.function()));
      }
    }
    if (target.inFlight.isEmpty()) {
      target.headStartedNanos = now;
      target.hadWaited = true;
    }
    target.ranCode |= run.kind() != TaskKind.COMMAND;
    target.inFlight.add(run);
    target.given += run.count();
    effects.run(target.id, run);
    if (target.given >= pool.tasksPerChild()) {
      target.state = Pipeline.State.LEAVING;
      if (!pool.ofProcesses()) {
        effects.exit(target.id);
      }
    }
  }

  private void startMissing(HeldPool pool, long now) {
    int cores = pool.waiting.isEmpty() ? 1 : pool.waiting.nextBatch().cores();
    int startable = Math.min(pool.waiting.count(), (pool.slots - pool.busySlots()) / cores);
    int coming = 0;
    for (Pipeline pipeline : pool.pipelines) {
      coming += pipeline.isBusy() ? 0 : 1;
    }
    for (int i = coming; i < startable; i++) {
      roster.start(pool, now);
    }
  }
}
