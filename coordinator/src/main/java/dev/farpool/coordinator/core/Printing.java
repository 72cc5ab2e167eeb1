package dev.farpool.coordinator.core;

import dev.farpool.v1.AttemptOutput;
import dev.farpool.v1.AttemptsStarted;
import dev.farpool.v1.TaskOutput;
import dev.farpool.v1.TaskStarted;

/** What workers tell while tasks run: that they have started, and what they print. */
final class Printing {
  private final PoolTable pools;
  private final Outcomes outcomes;
  private final Recorder recorder;

  Printing(PoolTable pools, Outcomes outcomes, Recorder recorder) {
    this.pools = pools;
    this.outcomes = outcomes;
    this.recorder = recorder;
  }

  void started(Worker worker, AttemptsStarted started) {
    Pool pool = pools.numbered(started.getPool());
    if (pool == null || !pool.spec.getReportStarts()) {
      return;
    }
    for (TaskStarted start : started.getStartsList()) {
      Slab slab = pool.queue.find(start.getIndex());
      if (slab != null && slab.isCurrent(start.getIndex(), worker.number, start.getAttempt())) {
        pool.prints.add(start);
        outcomes.touch(pool);
      }
    }
  }

  void printed(Worker worker, AttemptOutput printed) {
    Pool pool = pools.numbered(printed.getPool());
    if (pool == null || pool.allotments.get(worker) == null || pool.hasEnded()) {
      return;
    }
    TaskOutput output = printed.getOutput();
    if (output.hasIndex() && printed.getAttempt() != 0) {
      Slab slab = pool.queue.find(output.getIndex());
      if (slab == null || !slab.isCurrent(output.getIndex(), worker.number, printed.getAttempt())) {
        return;
      }
      recorder.printed(pool, printed.getAttempt(), output);
    }
    pool.prints.add(output);
    outcomes.touch(pool);
  }
}
