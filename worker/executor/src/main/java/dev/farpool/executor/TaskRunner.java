package dev.farpool.executor;

import dev.farpool.executor.frame.FrameType;
import dev.farpool.executor.frame.FrameWriter;
import dev.farpool.executor.frame.TaskKind;
import dev.farpool.executor.task.CommandTask;
import dev.farpool.executor.task.CurrentSpan;
import dev.farpool.executor.task.Failures;
import dev.farpool.executor.task.JavaCode;
import dev.farpool.executor.task.Outcome;
import dev.farpool.executor.task.StaticMethods;
import java.io.IOException;

/** Runs one task after the other on the calling thread, and has their outcomes sent. */
final class TaskRunner {
  /** The exit code of an executor that ran out of memory; the agent tells it from user code's. */
  static final int EXIT_OUT_OF_MEMORY = 113;

  private final Outbound outbound;
  private final Stdio stdio;
  private final TaskConversation conversation;
  private final Claims claims;
  private final Watch watch;
  private final CommandTask commands;
  private Lifetime lifetime = new Lifetime(0, 0);
  private long sequence;

  TaskRunner(
      Outbound outbound,
      Stdio stdio,
      TaskConversation conversation,
      Claims claims,
      Watch watch,
      CommandTask commands) {
    this.outbound = outbound;
    this.stdio = stdio;
    this.conversation = conversation;
    this.claims = claims;
    this.watch = watch;
    this.commands = commands;
  }

  /** Says when this executor has done enough. */
  void retireAfter(Lifetime lifetime) {
    this.lifetime = lifetime;
  }

  /**
   * Runs the next task, unless it was recalled.
   *
   * @param now the time
   * @return the time when it had ended
   */
  long run(JavaCode code, TaskHeader header, int i, byte[] body, long now) throws IOException {
    if (outbound.isWaiting()) {
      watch.arm();
    }
    if (!claims.begin(sequence++)) {
      return now;
    }
    stdio.label(header.index(i), header.attempt());
    conversation.label(header.index(i), header.attempt());
    AutoCloseable span = header.trace() == null ? null : CurrentSpan.begin(header.trace());
    long ended =
        header.kind() == TaskKind.CALL
            ? call(code, header, i, body, now)
            : runOther(code, header, i, body, now);
    CurrentSpan.end(span);
    if (lifetime.isOver(ended)) {
      retire();
    }
    return ended;
  }

  /** Ends and deletes what commands left. */
  void leaveNothing() throws IOException {
    try {
      commands.leaveNothing();
    } catch (IOException undeletable) {
      retire(); // The agent deletes what an executor had, or tells what it could not.
    }
  }

  /**
   * Runs the only task of a pool of processes.
   *
   * @return what its code threw; null if nothing
   */
  Throwable runProcess(JavaCode code, TaskHeader header, byte[] body) throws IOException {
    long start = System.nanoTime();
    if (header.kind() == TaskKind.COMMAND) {
      run(code, header, 0, body, start);
      outbound.flush();
      return null;
    }
    if (!claims.begin(sequence++)) {
      return null;
    }
    stdio.label(header.index(0), header.attempt());
    try {
      if (header.trace() != null) {
        CurrentSpan.begin(header.trace()); // To the end of the process.
      }
      if (header.kind() == TaskKind.CALL) {
        code.call(header.function(), body);
      } else {
        StaticMethods.run(body);
      }
      return null;
    } catch (Throwable thrown) {
      if (Failures.isRefusal(thrown)) {
        fail(code, thrown, header, 0, start);
        outbound.flush();
        return null;
      }
      haltIfOutOfMemory(thrown);
      return thrown;
    }
  }

  /** Ends the process if there is no memory left: nothing it does can be relied on. */
  static void haltIfOutOfMemory(Throwable thrown) {
    if (Failures.isOutOfMemory(thrown)) {
      Runtime.getRuntime().halt(EXIT_OUT_OF_MEMORY);
    }
  }

  private long call(JavaCode code, TaskHeader header, int i, byte[] body, long start)
      throws IOException {
    byte[] result;
    try {
      result = code.call(header.function(), body);
    } catch (Throwable thrown) {
      return fail(code, thrown, header, i, start);
    }
    long now = finish();
    outbound.result(header.index(i), header.attempt(), result, now - start, now);
    return now;
  }

  private long runOther(JavaCode code, TaskHeader header, int i, byte[] body, long start)
      throws IOException {
    Outcome outcome;
    try {
      outcome =
          header.kind() == TaskKind.COMMAND
              ? commands.run(sequence - 1, body, header.trace())
              : StaticMethods.call(body);
    } catch (Throwable thrown) {
      return fail(code, thrown, header, i, start);
    }
    return tell(outcome, header, i, start);
  }

  private long fail(JavaCode code, Throwable thrown, TaskHeader header, int i, long start)
      throws IOException {
    haltIfOutOfMemory(thrown);
    long now = tell(Failures.of(thrown, code), header, i, start);
    if (Failures.isTainting(thrown)) {
      retire();
    }
    return now;
  }

  private long tell(Outcome outcome, TaskHeader header, int i, long start) throws IOException {
    long now = finish();
    outbound.outcome(header.index(i), header.attempt(), outcome, now - start, now);
    return now;
  }

  /** The task is over: what it printed goes before its result. */
  private long finish() throws IOException {
    claims.end();
    stdio.label(-1, 0);
    return System.nanoTime();
  }

  private void retire() throws IOException {
    FrameWriter retired = new FrameWriter();
    retired.begin(FrameType.RETIRED).putLong(claims.recall(Long.MAX_VALUE)).end();
    outbound.send(retired);
    System.exit(0);
  }
}
