package dev.farpool.worker.core;

import dev.farpool.v1.RunningAttempt;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a heartbeat tells of running tasks. Only those that have been running for a while: what ends
 * at once is over before anybody reads of it.
 */
final class RunningAttempts {
  static final int MOST = 1024;
  static final long LEAST_NANOS = 100_000_000;

  private RunningAttempts() {}

  static List<RunningAttempt> of(Collection<HeldPool> pools, long now) {
    List<RunningAttempt> running = new ArrayList<>();
    for (HeldPool pool : pools) {
      for (Pipeline pipeline : pool.pipelines) {
        boolean told =
            pool.isNumbered()
                && !pool.released
                && !pipeline.inFlight.isEmpty()
                && now - pipeline.headStartedNanos >= LEAST_NANOS;
        if (told && running.size() < MOST) {
          running.add(of(pipeline, now));
        }
      }
    }
    return running;
  }

  private static RunningAttempt of(Pipeline pipeline, long now) {
    TaskRun head = pipeline.inFlight.head();
    return RunningAttempt.newBuilder()
        .setPool(pipeline.pool.number())
        .setIndex(head.firstIndex())
        .setAttempt(head.attempt())
        .setPid(pipeline.pid)
        .setElapsedNanos(now - pipeline.headStartedNanos)
        .build();
  }
}
