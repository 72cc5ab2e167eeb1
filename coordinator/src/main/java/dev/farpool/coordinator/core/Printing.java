package dev.farpool.coordinator.core;

import dev.farpool.v1.AttemptNotes;
import dev.farpool.v1.AttemptOutput;
import dev.farpool.v1.AttemptsStarted;
import dev.farpool.v1.TaskNote;
import dev.farpool.v1.TaskOutput;
import dev.farpool.v1.TaskStarted;

/** What workers tell while tasks run: that they have started, what they print, and their notes. */
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
      if (isCurrent(pool, worker, start.getIndex(), start.getAttempt())) {
        pool.prints.add(start);
        outcomes.touch(pool);
      }
    }
  }

  void noted(Worker worker, AttemptNotes noted) {
    Pool pool = pools.numbered(noted.getPool());
    if (pool == null || pool.hasEnded()) {
      return;
    }
    for (TaskNote note : noted.getNotesList()) {
      if (isCurrent(pool, worker, note.getIndex(), note.getAttempt())) {
        pool.prints.add(note);
        outcomes.touch(pool);
      }
    }
  }

  void printed(Worker worker, AttemptOutput printed) {
    Pool pool = pools.numbered(printed.getPool());
    Allotment allotment = pool == null ? null : pool.allotments.get(worker);
    if (allotment == null) {
      return;
    }
    TaskOutput output = printed.getOutput();
    if (pool.hasEnded() || isSuperseded(allotment, printed)) {
      pool.prints.taken(output, allotment);
    } else {
      pool.prints.add(output, allotment);
      if (isOfTask(printed)) {
        recorder.printed(pool, printed.getAttempt(), output);
      }
    }
    outcomes.touch(pool);
  }

  private static boolean isOfTask(AttemptOutput printed) {
    return printed.getOutput().hasIndex() && printed.getAttempt() != 0;
  }

  private static boolean isSuperseded(Allotment allotment, AttemptOutput printed) {
    long index = printed.getOutput().getIndex();
    return isOfTask(printed)
        && !isCurrent(allotment.pool, allotment.worker, index, printed.getAttempt());
  }

  private static boolean isCurrent(Pool pool, Worker worker, long index, int attempt) {
    Slab slab = pool.queue.find(index);
    return slab != null && slab.isCurrent(index, worker.number, attempt);
  }
}
