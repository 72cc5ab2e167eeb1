package dev.farpool.executor;

import dev.farpool.executor.frame.FrameReader;
import dev.farpool.executor.frame.FrameType;
import dev.farpool.executor.frame.FrameWriter;
import dev.farpool.executor.frame.OutcomeKind;
import dev.farpool.executor.frame.TaskKind;
import dev.farpool.executor.task.CommandTask;
import dev.farpool.executor.task.Failures;
import dev.farpool.executor.task.JavaCode;
import dev.farpool.executor.task.Outcome;
import dev.farpool.executor.task.StaticMethods;
import java.io.IOException;

/** What the main thread does: sets up, reads tasks, runs them, and has their results sent. */
final class TaskLoop {
  /** The exit code of an executor that ran out of memory; the agent tells it from user code's. */
  static final int EXIT_OUT_OF_MEMORY = 113;

  private static final byte MODE_PROCESSES = 2;

  private final FrameReader in;
  private final Outbound outbound;
  private final Stdio stdio;
  private final Claims claims;
  private final Watch watch;
  private final CommandTask commands;
  private final Deadman deadman;
  private JavaCode code = new JavaCode("");
  private String poolName = "";
  private boolean processes;
  private long sequence;

  TaskLoop(
      PatientChannel channel,
      Outbound outbound,
      Stdio stdio,
      Claims claims,
      Watch watch,
      CommandTask commands,
      Deadman deadman) {
    this.in = new FrameReader(channel, 64 * 1024);
    this.outbound = outbound;
    this.stdio = stdio;
    this.claims = claims;
    this.watch = watch;
    this.commands = commands;
    this.deadman = deadman;
  }

  /**
   * Serves the agent. Returns only in a pool of processes, when its task has returned.
   *
   * @throws Throwable what that task threw
   */
  void run() throws Throwable {
    Throwable thrown;
    try {
      thrown = serve();
    } catch (IOException broken) {
      deadman.end("the task channel is broken: " + broken);
      return;
    }
    if (thrown != null) {
      Thread.currentThread().setUncaughtExceptionHandler(new LastWords(poolName));
      throw thrown;
    }
  }

  private Throwable serve() throws IOException {
    for (int type = in.next(); type != FrameReader.END; type = in.next()) {
      switch (type) {
        case FrameType.SETUP -> setUp();
        case FrameType.FUNCTION -> code.define(in.readInt(), in.readBytes());
        case FrameType.EXIT -> System.exit(0);
        case FrameType.TASKS -> {
          if (processes) {
            return runProcess();
          }
          runTasks();
        }
        default -> throw new IOException("unknown frame type " + type);
      }
      if (!in.hasBuffered()) {
        outbound.flush();
      }
    }
    deadman.end("the worker is gone");
    return null;
  }

  private void setUp() throws IOException {
    processes = in.readByte() == MODE_PROCESSES;
    poolName = in.readString();
    code = new JavaCode(in.readString());
    stdio.install(in.readByte() != 0);
    FrameWriter answer = new FrameWriter();
    if (in.readByte() == 0) {
      answer.begin(FrameType.READY).end();
    } else {
      initialize(in.readBytes(), in.readBytes(), answer);
    }
    stdio.label(-1, 0);
    outbound.send(answer);
  }

  private void initialize(byte[] definition, byte[] arguments, FrameWriter answer) {
    try {
      code.callOnce(definition, arguments);
      answer.begin(FrameType.READY).end();
    } catch (Throwable thrown) {
      haltIfOutOfMemory(thrown);
      byte[] failure = Failures.of(thrown, code).message();
      answer.begin(FrameType.SETUP_FAILED).putRaw(failure, 0, failure.length).end();
    }
  }

  private void runTasks() throws IOException {
    byte kind = in.readByte();
    int function = in.readInt();
    int attempt = in.readInt();
    long first = in.readLong();
    int[] sizes = readSizes();
    long now = System.nanoTime();
    for (int i = 0; i < sizes.length; i++) {
      byte[] body = in.readRaw(sizes[i]);
      if (outbound.isWaiting()) {
        watch.arm();
      }
      if (claims.begin(sequence++)) {
        stdio.label(first + i, attempt);
        if (kind == TaskKind.CALL) {
          now = runCall(function, first + i, attempt, body, now);
        } else {
          now = runOther(kind, first + i, attempt, body, now);
        }
      }
    }
  }

  private int[] readSizes() throws IOException {
    int[] sizes = new int[in.readInt()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = in.readInt();
    }
    return sizes;
  }

  private long runCall(int function, long index, int attempt, byte[] body, long start)
      throws IOException {
    byte[] result;
    try {
      result = code.call(function, body);
    } catch (Throwable thrown) {
      return fail(thrown, index, attempt, start);
    }
    long now = finish();
    outbound.result(index, attempt, result, now - start, now);
    return now;
  }

  private long runOther(byte kind, long index, int attempt, byte[] body, long start)
      throws IOException {
    Outcome outcome;
    try {
      outcome =
          kind == TaskKind.COMMAND ? commands.run(sequence - 1, body) : StaticMethods.call(body);
    } catch (Throwable thrown) {
      return fail(thrown, index, attempt, start);
    }
    long now = finish();
    outbound.outcome(index, attempt, outcome.kind(), outcome.message(), now - start, now);
    return now;
  }

  private long fail(Throwable thrown, long index, int attempt, long start) throws IOException {
    haltIfOutOfMemory(thrown);
    byte[] failure = Failures.of(thrown, code).message();
    long now = finish();
    outbound.outcome(index, attempt, OutcomeKind.FAILURE, failure, now - start, now);
    if (Failures.isTainting(thrown)) {
      retire();
    }
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

  /** Runs the only task of a pool of processes, and gives what it threw. */
  private Throwable runProcess() throws IOException {
    byte kind = in.readByte();
    int function = in.readInt();
    int attempt = in.readInt();
    long index = in.readLong();
    byte[] body = in.readRaw(readSizes()[0]);
    if (!claims.begin(sequence++)) {
      return null;
    }
    stdio.label(index, attempt);
    if (kind == TaskKind.COMMAND) {
      runOther(kind, index, attempt, body, System.nanoTime());
      outbound.flush();
      return null;
    }
    try {
      if (kind == TaskKind.CALL) {
        code.call(function, body);
      } else {
        StaticMethods.run(body);
      }
      return null;
    } catch (Throwable thrown) {
      if (Failures.isRefusal(thrown)) {
        fail(thrown, index, attempt, System.nanoTime());
        outbound.flush();
        return null;
      }
      haltIfOutOfMemory(thrown);
      return thrown;
    }
  }

  private static void haltIfOutOfMemory(Throwable thrown) {
    if (Failures.isOutOfMemory(thrown)) {
      Runtime.getRuntime().halt(EXIT_OUT_OF_MEMORY);
    }
  }

  /** Prints an uncaught exception as CPython's {@code Process} does. */
  private record LastWords(String name) implements Thread.UncaughtExceptionHandler {
    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
      System.err.println("Process " + name + ":");
      thrown.printStackTrace();
    }
  }
}
