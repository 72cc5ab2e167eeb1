package dev.farpool.simulation.node;

import com.google.protobuf.ByteString;
import dev.farpool.executor.frame.OutcomeKind;
import dev.farpool.executor.frame.TaskKind;
import dev.farpool.simulation.time.Timeline;
import dev.farpool.simulation.time.VirtualProcess;
import dev.farpool.simulation.work.ResultStamp;
import dev.farpool.simulation.work.TaskScript;
import dev.farpool.v1.Failure;
import dev.farpool.v1.PoolMode;
import dev.farpool.worker.core.TaskRun;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** The main thread of a simulated executor: obeys the frames of its agent one after the other. */
final class TaskThread {
  private static final long WATCH_NANOS = 2_000_000;
  private static final int SIGSEGV = 11;

  private final SimExecutor executor;
  private final VirtualProcess process;
  private final double slowness;
  private final Deque<Runnable> frames = new ArrayDeque<>();
  private final Set<Integer> functions = new HashSet<>();
  private final UnsentResults unsent = new UnsentResults();
  private boolean working;
  private boolean stopped;
  private long arrived;
  private long next;
  private long claimed;
  private long ended;
  private Running running;

  private record Claim(long index, int attempt, byte kind, long sequence) {}

  private record Running(TaskScript script, Claim task, int run, long since, Timeline.Event end) {
    long sequence() {
      return task.sequence();
    }
  }

  TaskThread(SimExecutor executor, VirtualProcess process, double slowness) {
    this.executor = executor;
    this.process = process;
    this.slowness = slowness;
  }

  void add(Runnable frame) {
    frames.add(frame);
    work();
  }

  void add(TaskRun tasks) {
    ByteString bodies = tasks.bodies();
    int at = 0;
    for (int i = 0; i < tasks.count(); i++) {
      long index = tasks.firstIndex() + i;
      TaskScript script = TaskScript.decode(bodies.substring(at, at + tasks.size(i)));
      at += tasks.size(i);
      long sequence = arrived++;
      frames.add(() -> begin(script, new Claim(index, tasks.attempt(), tasks.kind(), sequence)));
    }
    work();
  }

  void define(int function) {
    functions.add(function);
  }

  private void work() {
    if (working) {
      return;
    }
    working = true;
    while (!stopped && running == null && !frames.isEmpty()) {
      frames.poll().run();
    }
    working = false;
    if (running == null) {
      flush();
    }
  }

  private void begin(TaskScript script, Claim task) {
    if (task.sequence() < next) {
      return; // It was recalled.
    }
    next = task.sequence() + 1;
    claimed = next;
    int run = executor.host().started(executor, script.tag(), task.attempt());
    Timeline.Event end = null;
    if (script.ending() != TaskScript.Ending.RUNS_ON) {
      long nanos = (long) (script.runMicros() * 1000L * slowness);
      end = process.timeline().after(nanos, this::end);
    }
    running = new Running(script, task, run, process.timeline().now(), end);
    if (!unsent.isEmpty()) {
      process.timeline().after(WATCH_NANOS, this::flush);
    }
  }

  private void end() {
    if (stopped || running == null) {
      return;
    }
    Running task = running;
    print(task);
    switch (task.script().ending()) {
      case RETURNS -> returned(task);
      case THROWS -> failed(task, "java.lang.IllegalArgumentException", "the task throws");
      case KILLS_ITS_EXECUTOR -> executor.die(128 + SIGSEGV, false, 0);
      case KILLS_ITS_FIRST_EXECUTOR -> {
        if (task.task().attempt() == 1) {
          executor.die(128 + SimExecutor.SIGKILL, false, 0);
        } else {
          returned(task);
        }
      }
      case EXITS -> executor.die(3, true, 0);
      case RUNS_ON -> throw new IllegalStateException("it never ends");
    }
    work();
  }

  private void print(Running task) {
    Claim claim = task.task();
    for (int line = 0; line < task.script().lines(); line++) {
      String text = task.script().tag() + " " + task.run() + " " + line + "\n";
      ByteString bytes = ByteString.copyFromUtf8(text);
      executor.tell(
          (agent, now) ->
              agent.output(executor.id(), claim.index(), claim.attempt(), false, bytes));
    }
  }

  private void returned(Running task) {
    if (executor.spec().getMode() == PoolMode.POOL_MODE_PROCESSES) {
      executor.die(0, true, 0);
      return;
    }
    settle();
    ResultStamp stamp = new ResultStamp(task.script().tag(), task.task().attempt(), task.run());
    unsent.add(
        task.task().index(),
        stamp.encode(task.script().resultBytes()),
        process.timeline().now() - task.since());
  }

  private void failed(Running task, String exception, String message) {
    if (executor.spec().getMode() == PoolMode.POOL_MODE_PROCESSES) {
      executor.die(1, true, 0);
      return;
    }
    settle();
    flush();
    Failure failure =
        Failure.newBuilder()
            .setKind(Failure.Kind.KIND_EXCEPTION)
            .setClassName(exception)
            .setMessage(message)
            .build();
    long ran = process.timeline().now() - task.since();
    long index = task.task().index();
    ByteString bytes = failure.toByteString();
    executor.tell(
        (agent, now) -> agent.outcome(executor.id(), ran, index, OutcomeKind.FAILURE, bytes, now));
  }

  private void settle() {
    ended = running.sequence() + 1;
    executor.host().ended(executor, running.run(), false);
    running = null;
  }

  /** Sends the results that have gathered. */
  void flush() {
    if (!unsent.isEmpty()) {
      executor.tell(unsent.take(executor.id()));
    }
  }

  long recall(long below) {
    long first = Math.min(next, below);
    next = Math.max(next, below);
    return first;
  }

  void interrupt(long sequence) {
    if (running != null && running.sequence() == sequence && !running.script().stubborn()) {
      Running task = running;
      if (task.end() != null) {
        task.end().cancel();
      }
      failed(task, "java.lang.InterruptedException", "sleep interrupted");
      work();
    }
  }

  void signalCommand(long sequence, int signal) {
    if (running != null
        && running.sequence() == sequence
        && running.task().kind() == TaskKind.COMMAND) {
      executor.signal(signal);
    }
  }

  boolean isStubborn() {
    return running != null && running.script().stubborn();
  }

  /** The process ends. */
  void stop() {
    stopped = true;
    if (running != null) {
      executor.host().ended(executor, running.run(), true);
      running = null;
    }
  }

  long claimed() {
    return claimed;
  }

  long ended() {
    return ended;
  }
}
