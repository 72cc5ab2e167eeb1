package dev.farpool.worker.core;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.farpool.executor.frame.OutcomeKind;
import dev.farpool.v1.CancelMode;
import dev.farpool.v1.ExitStatus;
import dev.farpool.v1.Failure;
import dev.farpool.v1.OutputMode;
import dev.farpool.v1.TaskResult;
import dev.farpool.v1.Value;
import java.util.List;

/** What executors say and how they end, told to the pools and reports it concerns. */
final class Executors {
  private final Effects effects;
  private final Roster roster;
  private final Reports reports;
  private final Stopper stopper;
  private final Traces traces;
  private long attempts;
  private long ranNanos;
  private long died;

  Executors(Effects effects, Roster roster, Reports reports, Stopper stopper, Traces traces) {
    this.effects = effects;
    this.roster = roster;
    this.reports = reports;
    this.stopper = stopper;
    this.traces = traces;
  }

  /** How many attempts have ended here. */
  long attempts() {
    return attempts;
  }

  /** How long they ran together, but for those whose executor died. */
  long ranNanos() {
    return ranNanos;
  }

  /** How many executors ended although nothing here had told them to. */
  long died() {
    return died;
  }

  void ready(Pipeline pipeline, long now) {
    pipeline.pool.startSucceeded();
    if (pipeline.state == Pipeline.State.SETTING_UP) {
      pipeline.state = Pipeline.State.READY;
      pipeline.idleSinceNanos = now;
    }
  }

  void setUpFailed(Pipeline pipeline, Failure failure, long now) {
    boolean expected = pipeline.state == Pipeline.State.LEAVING;
    roster.retire(pipeline, now);
    if (!expected) {
      failed(pipeline.pool, failure.toBuilder().setPid(pipeline.pid).build(), true, now);
    }
  }

  void results(
      Pipeline pipeline, long ranNanos, long firstIndex, int[] sizes, ByteString values, long now) {
    if (isUnexpected(pipeline, firstIndex, sizes.length)) {
      return;
    }
    learn(pipeline, ranNanos, sizes.length, now);
    List<TaskRun> runs = complete(pipeline, sizes.length, now);
    traces.succeeded(pipeline, runs, sizes.length, ranNanos, now);
    if (!pipeline.pool.released) {
      reports.results(pipeline.pool, runs, sizes, values, ranNanos);
    }
  }

  void outcome(
      Pipeline pipeline, long ranNanos, long index, byte kind, ByteString message, long now) {
    if (isUnexpected(pipeline, index, 1)) {
      return;
    }
    learn(pipeline, ranNanos, 1, now);
    Stop stop = pipeline.stop;
    boolean stopped = stop != null && stop.ends(pipeline.inFlight.done());
    TaskRun run = complete(pipeline, 1, now).get(0);
    if (pipeline.pool.released) {
      traces.failed(pipeline, run, Failures.RELEASED, ranNanos, now);
      return;
    }
    if (stopped) {
      // It ended, but not by itself.
      traces.failed(pipeline, run, stop.outcome(), ranNanos, now);
      reports.failures(pipeline.pool, run, stop.outcome(), pipeline.pid);
      return;
    }
    try {
      report(pipeline, run, kind, message, ranNanos, now);
    } catch (InvalidProtocolBufferException garbage) {
      effects.kill(pipeline.id);
      Failure failure = Failures.of(Failure.Kind.KIND_PROCESS_DIED, "unreadable outcome");
      traces.failed(pipeline, run, failure, ranNanos, now);
      reports.failures(pipeline.pool, run, failure, pipeline.pid);
    }
  }

  private void report(
      Pipeline pipeline, TaskRun run, byte kind, ByteString message, long ranNanos, long now)
      throws InvalidProtocolBufferException {
    long index = run.firstIndex();
    TaskResult.Builder result = TaskResult.newBuilder().setIndex(index);
    if (kind == OutcomeKind.FAILURE) {
      Failure failure = Failure.parseFrom(message);
      traces.failed(pipeline, run, failure, ranNanos, now);
      reports.failure(pipeline.pool, index, run.attempt(), failure, pipeline.pid, ranNanos);
      return;
    } else if (kind == OutcomeKind.VALUE) {
      result.setValue(Value.parseFrom(message));
    } else {
      result.setExit(ExitStatus.parseFrom(message));
    }
    traces.ended(pipeline, run, result.build(), ranNanos, now);
    reports.outcome(pipeline.pool, run.attempt(), result.build(), ranNanos);
  }

  void output(Pipeline pipeline, long index, int attempt, boolean stderr, ByteString data) {
    HeldPool pool = pipeline.pool;
    if (pool.released || pool.spec.getOutput() == OutputMode.OUTPUT_MODE_DISCARD) {
      return;
    }
    if (index < 0 && pool.ofProcesses() && !pipeline.inFlight.isEmpty()) {
      // All that a process of its own prints is its task's.
      TaskRun task = pipeline.inFlight.head();
      reports.output.add(pipeline, task.firstIndex(), task.attempt(), stderr, data);
    } else {
      reports.output.add(pipeline, index, attempt, stderr, data);
    }
  }

  /** Tasks that the executor will not start come back. */
  void recalled(Pipeline pipeline, long from) {
    pipeline.recalling = false;
    takeBack(pipeline, from);
  }

  /** The executor takes no more tasks, and exits. */
  void retired(Pipeline pipeline, long from, long now) {
    recalled(pipeline, from);
    pipeline.state = Pipeline.State.LEAVING;
    Roster.giveGrace(pipeline, now);
  }

  /** The executor and all its processes are gone. Only the task that ran has to do with it. */
  void gone(Pipeline pipeline, ExecutorExit exit, long now) {
    roster.remove(pipeline);
    HeldPool pool = pipeline.pool;
    boolean expected = pipeline.state == Pipeline.State.LEAVING || pipeline.stop != null;
    died += expected || pool.released || pool.ofProcesses() ? 0 : 1;
    if (pool.released) {
      if (exit.claimed() > exit.ended() && !pipeline.inFlight.isEmpty()) {
        long ran = now - pipeline.headStartedNanos;
        traces.failed(pipeline, pipeline.inFlight.head(), Failures.RELEASED, ran, now);
      }
      return;
    }
    if (pipeline.isStarting()) {
      boolean initializer =
          pipeline.state == Pipeline.State.SETTING_UP && pool.spec.hasInitializer();
      failed(pool, Failures.notReady(exit), initializer, now);
    }
    takeBack(pipeline, exit.claimed());
    int started = pipeline.inFlight.count();
    for (TaskRun run : pipeline.inFlight.complete(started)) {
      for (int i = 0; i < run.count(); i++, started--) {
        boolean ran = started == 1 && exit.claimed() > exit.ended();
        attempts += ran ? 1 : 0;
        lost(pipeline, run.head(i + 1).tail(i), ran, exit, now);
      }
    }
  }

  private void lost(Pipeline pipeline, TaskRun task, boolean ran, ExecutorExit exit, long now) {
    HeldPool pool = pipeline.pool;
    long ranNanos = now - pipeline.headStartedNanos;
    Stop stop = pipeline.stop;
    boolean stopped = ran && stop != null && stop.outcome() != null;
    if (stopped && stop.ends(exit.claimed() - 1)) {
      traces.failed(pipeline, task, stop.outcome(), ranNanos, now);
      reports.failures(pool, task, stop.outcome(), exit.pid());
    } else if (stopped && !task.batch().atMostOnce()) {
      requeue(pool, List.of(task)); // The one that was meant had ended just before.
    } else if (ran && pool.ofProcesses() && !exit.outOfMemory()) {
      TaskResult.Builder result = TaskResult.newBuilder().setIndex(task.firstIndex());
      result.setExit(Failures.exitStatus(exit));
      traces.ended(pipeline, task, result.build(), ranNanos, now);
      reports.outcome(pool, task.attempt(), result.build(), 0);
    } else if (ran) {
      traces.failed(pipeline, task, Failures.died(exit), ranNanos, now);
      reports.failures(pool, task, Failures.died(exit), exit.pid());
    } else if (task.batch().atMostOnce()) {
      reports.failures(pool, task, Failures.resultLost(exit), exit.pid());
    } else {
      requeue(pool, List.of(task));
    }
  }

  /** Takes what was not begun. A cancel of the next task, which did not meet it, still holds. */
  private void takeBack(Pipeline pipeline, long from) {
    Stop stop = pipeline.stop;
    boolean withHead = !pipeline.inFlight.isEmpty() && from <= pipeline.inFlight.done();
    boolean cancelled = stop != null && stop.isCancel();
    if (withHead && cancelled && stop.ends(pipeline.inFlight.done())) {
      long head = pipeline.inFlight.head().firstIndex();
      pipeline.pool.doomed.put(head, CancelMode.CANCEL_MODE_KILL);
      pipeline.stop = stop.step() == Stop.Step.INTERRUPTED ? null : stop;
    }
    requeue(pipeline.pool, pipeline.inFlight.cut(from));
  }

  private void requeue(HeldPool pool, List<TaskRun> runs) {
    if (!pool.released) {
      stopper.withoutDoomed(pool, runs).forEach(pool.waiting::add);
    }
  }

  private void failed(HeldPool pool, Failure failure, boolean initializer, long now) {
    pool.startFailed(now);
    reports.executorFailed(pool, failure, initializer);
    if (pool.living() == 0) {
      reports.returned(pool, pool.waiting.removeAll());
    }
  }

  private void learn(Pipeline pipeline, long ranNanos, int tasks, long now) {
    this.attempts += tasks;
    this.ranNanos += ranNanos;
    PrefetchGauge gauge = pipeline.pool.gauge;
    gauge.ran(ranNanos, tasks);
    if (pipeline.hadWaited && pipeline.inFlight.count() == 1) {
      gauge.travelled(now - pipeline.headStartedNanos - ranNanos);
    }
  }

  private List<TaskRun> complete(Pipeline pipeline, int count, long now) {
    long first = pipeline.inFlight.done();
    List<TaskRun> runs = pipeline.inFlight.complete(count);
    reportStarts(pipeline, first, runs);
    pipeline.headStartedNanos = now;
    pipeline.hadWaited = false;
    if (pipeline.inFlight.isEmpty()) {
      pipeline.idleSinceNanos = now;
    }
    boolean wasInterrupted = pipeline.stop != null && pipeline.stop.step() == Stop.Step.INTERRUPTED;
    if (wasInterrupted && pipeline.stop.sequence() < pipeline.inFlight.done()) {
      pipeline.stop = null;
    }
    boolean lastOfItsLife = pipeline.state == Pipeline.State.LEAVING && pipeline.inFlight.isEmpty();
    if (lastOfItsLife && pipeline.stop == null) {
      Roster.giveGrace(pipeline, now);
    }
    stopper.headChanged(pipeline, now);
    return runs;
  }

  /** Tasks that ended before anybody saw them run were started all the same. */
  private void reportStarts(Pipeline pipeline, long first, List<TaskRun> ended) {
    HeldPool pool = pipeline.pool;
    if (!pool.spec.getReportStarts() || pool.released) {
      return;
    }
    long sequence = first;
    for (TaskRun run : ended) {
      for (int i = 0; i < run.count(); i++, sequence++) {
        if (sequence >= pipeline.reportedStarts) {
          reports.started(pool, run.firstIndex() + i, run.attempt(), pipeline.pid);
        }
      }
    }
    pipeline.reportedStarts = sequence;
  }

  /** An executor that answers what it was not asked is broken, or hostile: it goes. */
  private boolean isUnexpected(Pipeline pipeline, long firstIndex, int count) {
    boolean expected =
        count <= pipeline.inFlight.count()
            && count > 0
            && pipeline.inFlight.head().firstIndex() == firstIndex;
    if (!expected && !pipeline.inFlight.isEmpty()) {
      effects.kill(pipeline.id);
    }
    return !expected;
  }
}
