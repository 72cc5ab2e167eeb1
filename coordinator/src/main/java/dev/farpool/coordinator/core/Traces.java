package dev.farpool.coordinator.core;

import dev.farpool.common.trace.TraceContexts;
import dev.farpool.coordinator.history.History;
import dev.farpool.v1.Failure;
import dev.farpool.v1.TaskBatch;
import dev.farpool.v1.TaskResult;
import dev.farpool.v1.TraceContext;

/** Tells of traced tasks how long they waited and what was tried; others cost a comparison. */
final class Traces {
  private final WorkerTable workers;
  private final TaskSpans spans;
  private final History history;

  /**
   * @param spans null where nobody wants to know
   * @param history knows the time
   */
  Traces(WorkerTable workers, TaskSpans spans, History history) {
    this.workers = workers;
    this.spans = spans;
    this.history = history;
  }

  /** The trace of a new batch; null for none. */
  SlabTrace of(TaskBatch batch, int tasks, long nowNanos) {
    TraceContext context = batch.hasTrace() ? TraceContexts.valid(batch.getTrace()) : null;
    if (context == null) {
      return null;
    }
    return spans != null && TraceContexts.isSampled(context)
        ? SlabTrace.recorded(context, tasks, nowNanos)
        : SlabTrace.passed(context);
  }

  /**
   * How many tasks of a slab to hand out together: each whose spans are recorded is told another
   * parent.
   */
  static int together(Slab slab, int tasks) {
    return isRecorded(slab) ? 1 : tasks;
  }

  private static boolean isRecorded(Slab slab) {
    return slab.trace != null && slab.trace.isRecorded();
  }

  /** A task was handed to a worker. */
  void handedOut(Pool pool, Slab slab, long index) {
    if (isRecorded(slab)) {
      int at = slab.at(index);
      tell(TaskSpan.Phase.WAIT, spans.newId(), pool, slab, index, false, null);
      slab.trace.begin(at, spans.newId(), history.nowNanos());
    }
  }

  /** A task is about to come back from its worker without having begun. */
  void returned(Pool pool, Slab slab, long index) {
    if (isRecorded(slab)) {
      attempted(pool, slab, index, true, null);
    }
  }

  /** The attempt of a task is about to end without an answer. */
  void lost(Pool pool, Slab slab, long index, Failure failure) {
    if (isRecorded(slab)) {
      attempted(pool, slab, index, false, failed(failure));
    }
  }

  /**
   * The attempt of a task is about to end with an answer.
   *
   * @param result null for a plain result
   */
  void answered(Pool pool, Slab slab, long index, TaskResult result) {
    if (isRecorded(slab)) {
      attempted(pool, slab, index, false, result);
    }
  }

  private void attempted(Pool pool, Slab slab, long index, boolean returned, TaskResult result) {
    int at = slab.at(index);
    if (slab.trace.span(at) != 0) {
      tell(TaskSpan.Phase.ATTEMPT, slab.trace.span(at), pool, slab, index, returned, result);
    }
    slab.trace.begin(at, 0, history.nowNanos());
  }

  /** A task, waiting or held, is about to get its outcome from the coordinator. */
  void ended(Pool pool, Slab slab, long index, Failure failure) {
    if (!isRecorded(slab)) {
      return;
    }
    if (slab.isWaiting(index)) {
      tell(TaskSpan.Phase.WAIT, spans.newId(), pool, slab, index, false, failed(failure));
    } else {
      attempted(pool, slab, index, false, failed(failure));
    }
  }

  /** All tasks of a pool without an outcome are about to get one. */
  void endedAll(Pool pool, Failure failure) {
    if (spans == null) {
      return;
    }
    for (Slab slab : pool.queue.slabs()) {
      for (long index = slab.first; isRecorded(slab) && index < slab.end(); index++) {
        if (!slab.hasOutcome(index)) {
          ended(pool, slab, index, failure);
        }
      }
    }
  }

  private static TaskResult failed(Failure failure) {
    return TaskResult.newBuilder().setFailure(failure).build();
  }

  private void tell(
      TaskSpan.Phase phase,
      long id,
      Pool pool,
      Slab slab,
      long index,
      boolean returned,
      TaskResult result) {
    long start = slab.trace.sinceNanos(slab.at(index));
    Worker worker = phase == TaskSpan.Phase.WAIT ? null : workers.numbered(slab.holder(index));
    spans.ended(
        new TaskSpan(
            phase,
            slab.trace.context,
            id,
            pool.id,
            pool.spec.getName(),
            index,
            slab.attempt(index),
            worker == null ? "" : worker.name(),
            worker == null ? "" : worker.host(),
            start,
            Math.max(start, history.nowNanos()),
            returned,
            result));
  }
}
