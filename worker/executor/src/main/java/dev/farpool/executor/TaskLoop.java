package dev.farpool.executor;

import dev.farpool.executor.frame.FrameReader;
import dev.farpool.executor.frame.FrameType;
import dev.farpool.executor.frame.FrameWriter;
import dev.farpool.executor.task.Failures;
import dev.farpool.executor.task.JavaCode;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;

/** What the main thread does: obeys the agent's frames, tasks above all. */
final class TaskLoop {
  private static final int BUFFER = 64 * 1024;
  private static final byte MODE_PROCESSES = 2;

  private final FrameReader in;
  private final ReadableByteChannel hurried;
  private final Outbound outbound;
  private final Stdio stdio;
  private final TaskConversation conversation;
  private final TaskRunner tasks;
  private final Deadman deadman;
  private final LikelyCode likely = new LikelyCode();
  private JavaCode code;
  private String poolName = "";
  private boolean processes;

  TaskLoop(
      PatientChannel channel,
      Outbound outbound,
      Stdio stdio,
      TaskConversation conversation,
      TaskRunner tasks,
      Deadman deadman) {
    this.in = new FrameReader(channel, BUFFER);
    this.hurried = channel.hurried();
    this.outbound = outbound;
    this.stdio = stdio;
    this.conversation = conversation;
    this.tasks = tasks;
    this.deadman = deadman;
    this.code = new JavaCode("", 0, conversation);
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
        case FrameType.LIKELY_CODE -> likely.open(in);
        case FrameType.SETUP -> setUp();
        case FrameType.FUNCTION -> code.define(in.readInt(), in.readBytes());
        case FrameType.RELEASE -> tasks.leaveNothing();
        case FrameType.EXIT -> System.exit(0);
        case FrameType.TASKS -> {
          TaskHeader header = TaskHeader.read(in);
          if (processes) {
            return tasks.runProcess(code, header, in.readRaw(header.sizes()[0]));
          }
          runAll(header);
        }
        default -> throw new IOException("unknown frame type " + type);
      }
      if (outbound.isWaiting() && !in.readAhead(hurried)) {
        outbound.flush();
      }
    }
    deadman.end("the worker is gone");
    return null;
  }

  private void runAll(TaskHeader header) throws IOException {
    long now = System.nanoTime();
    int count = header.sizes().length;
    for (int i = 0; i < count; i++) {
      now = tasks.run(code, header, i, in.readRaw(header.sizes()[i]), now);
      if (outbound.isWanted(count - i - 1) && !in.readAhead(hurried)) {
        outbound.flush();
      }
    }
  }

  private void setUp() throws IOException {
    processes = in.readByte() == MODE_PROCESSES;
    poolName = in.readString();
    code = new JavaCode(in.readString(), in.readInt(), conversation);
    stdio.install(in.readByte() != 0);
    tasks.retireAfter(new Lifetime(in.readLong(), in.readLong()));
    LateCode.arrived(in.readString());
    likely.keepOnly(in);
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
      TaskRunner.haltIfOutOfMemory(thrown);
      byte[] failure = Failures.of(thrown, code).message();
      answer.begin(FrameType.SETUP_FAILED).putRaw(failure, 0, failure.length).end();
    }
  }
}
