package dev.farpool.worker.core;

import dev.farpool.executor.frame.TaskKind;
import dev.farpool.v1.CancelMode;
import dev.farpool.v1.Failure;
import dev.farpool.v1.Failure.Kind;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.StopAttempts;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends tasks before their time: by cancel, signal, or timeout, ever harsher until they are gone.
 */
final class Stopper {
  private static final long START_NANOS = 60_000_000_000L;
  static final Failure CANCELLED = Failures.of(Kind.KIND_CANCELLED, "the task was cancelled");

  private final Effects effects;
  private final Reports reports;

  Stopper(Effects effects, Reports reports) {
    this.effects = effects;
    this.reports = reports;
  }

  /** Does what the coordinator asked for. */
  void stop(HeldPool pool, StopAttempts stop, long now) {
    for (IndexRange tasks : stop.getTasksList()) {
      long end = tasks.getFirst() + tasks.getCount();
      if (stop.hasSignal()) {
        signal(pool, tasks.getFirst(), end, stop.getSignal());
      } else {
        cancel(pool, tasks.getFirst(), end, stop.getCancel(), now);
      }
    }
  }

  private void cancel(HeldPool pool, long first, long end, CancelMode mode, long now) {
    for (TaskRun run : pool.waiting.remove(first, end)) {
      reports.failures(pool, run, CANCELLED, 0);
    }
    for (Pipeline pipeline : List.copyOf(pool.pipelines)) {
      if (!pipeline.inFlight.isEmpty()) {
        cancel(pipeline, first, end, mode, now);
      }
    }
  }

  private void cancel(Pipeline pipeline, long first, long end, CancelMode mode, long now) {
    long head = pipeline.inFlight.head().firstIndex();
    boolean queuedHit = false;
    for (TaskRun run : pipeline.inFlight.runs()) {
      long from = Math.max(first, run.firstIndex());
      for (long index = from; index < Math.min(end, run.endIndex()); index++) {
        if (index != head) {
          pipeline.pool.doomed.put(index, mode);
          queuedHit = true;
        }
      }
    }
    if (queuedHit) {
      recall(pipeline);
    }
    if (first <= head && head < end) {
      stopHead(pipeline, mode, now);
    }
  }

  /** Asks an executor for all it has not started. */
  void recall(Pipeline pipeline) {
    if (!pipeline.recalling && pipeline.inFlight.count() > 1) {
      pipeline.recalling = true;
      effects.recall(pipeline.id, pipeline.inFlight.sent());
    }
  }

  /** Ends the task that runs, as far as a cancel of this mode goes. */
  void stopHead(Pipeline pipeline, CancelMode mode, long now) {
    if (mode == CancelMode.CANCEL_MODE_INTERRUPT && pipeline.stop == null) {
      effects.interrupt(pipeline.id, pipeline.inFlight.done());
      step(pipeline, CANCELLED, Stop.Step.INTERRUPTED, now);
    } else if (mode == CancelMode.CANCEL_MODE_KILL && isBeforeTerminate(pipeline)) {
      terminate(pipeline, CANCELLED, now);
    }
  }

  /** SIGTERM at once, SIGKILL after the pool's grace. */
  void terminate(Pipeline pipeline, Failure outcome, long now) {
    pipeline.state = Pipeline.State.LEAVING;
    effects.terminate(pipeline.id);
    step(pipeline, outcome, Stop.Step.TERMINATED, now);
  }

  /** Does what is due for an executor. */
  void tick(Pipeline pipeline, long now) {
    Stop stop = pipeline.stop;
    if (stop != null && now >= stop.dueNanos()) {
      if (stop.step() == Stop.Step.INTERRUPTED) {
        terminate(pipeline, stop.outcome(), now);
      } else {
        effects.kill(pipeline.id);
        pipeline.stop = stop.killed();
      }
    } else if (stop == null && now >= startDue(pipeline)) {
      effects.kill(pipeline.id);
      step(pipeline, null, Stop.Step.KILLED, now);
    } else if (stop == null && now >= timeoutNanos(pipeline)) {
      long millis = pipeline.inFlight.headBatch().timeoutNanos() / 1_000_000;
      String message = "the task ran longer than its timeout of " + millis + " ms";
      terminate(pipeline, Failures.of(Kind.KIND_TIMEOUT, message), now);
    }
  }

  /** When {@link #tick} has something to do. */
  long due(Pipeline pipeline) {
    return pipeline.stop != null
        ? pipeline.stop.dueNanos()
        : Math.min(startDue(pipeline), timeoutNanos(pipeline));
  }

  /** What to report of tasks that came back and were cancelled meanwhile; gives the others. */
  List<TaskRun> withoutDoomed(HeldPool pool, List<TaskRun> runs) {
    if (pool.doomed.isEmpty()) {
      return runs;
    }
    List<TaskRun> kept = new ArrayList<>();
    for (TaskRun run : runs) {
      int start = 0;
      for (int i = 0; i < run.count(); i++) {
        if (pool.doomed.remove(run.firstIndex() + i) != null) {
          kept.add(run.head(i).tail(start));
          reports.failures(pool, run.head(i + 1).tail(i), CANCELLED, 0);
          start = i + 1;
        }
      }
      kept.add(run.tail(start));
    }
    return kept;
  }

  /**
   * A task has moved up and runs: it may have been cancelled while it was queued. If its executor
   * is being ended anyway it comes back from there, see {@link #withoutDoomed}.
   */
  void headChanged(Pipeline pipeline, long now) {
    boolean doomed = !pipeline.pool.doomed.isEmpty() && !pipeline.inFlight.isEmpty();
    if (doomed && isBeforeTerminate(pipeline)) {
      CancelMode mode = pipeline.pool.doomed.remove(pipeline.inFlight.head().firstIndex());
      if (mode != null) {
        stopHead(pipeline, mode, now);
      }
    }
  }

  private void signal(HeldPool pool, long first, long end, int signal) {
    for (Pipeline pipeline : pool.pipelines) {
      if (!pipeline.inFlight.isEmpty()) {
        TaskRun head = pipeline.inFlight.head();
        if (first <= head.firstIndex() && head.firstIndex() < end) {
          if (head.kind() == TaskKind.COMMAND) {
            effects.signalCommand(pipeline.id, pipeline.inFlight.done(), signal);
          } else {
            effects.signalProcess(pipeline.id, signal);
          }
        }
      }
    }
  }

  private static boolean isBeforeTerminate(Pipeline pipeline) {
    return pipeline.stop == null || pipeline.stop.step() == Stop.Step.INTERRUPTED;
  }

  private static void step(Pipeline pipeline, Failure outcome, Stop.Step step, long now) {
    long due = step == Stop.Step.KILLED ? Long.MAX_VALUE : now + pipeline.pool.graceNanos();
    pipeline.stop = new Stop(pipeline.inFlight.done(), outcome, step, due);
  }

  /** A process that does not even connect is stuck. What it does when set up may take its time. */
  private static long startDue(Pipeline pipeline) {
    return pipeline.state == Pipeline.State.STARTING
        ? pipeline.idleSinceNanos + START_NANOS
        : Long.MAX_VALUE;
  }

  private static long timeoutNanos(Pipeline pipeline) {
    if (pipeline.inFlight.isEmpty()) {
      return Long.MAX_VALUE;
    }
    long timeout = pipeline.inFlight.headBatch().timeoutNanos();
    return timeout == 0 ? Long.MAX_VALUE : pipeline.headStartedNanos + timeout;
  }
}
