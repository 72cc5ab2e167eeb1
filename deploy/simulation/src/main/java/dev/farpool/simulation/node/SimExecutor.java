package dev.farpool.simulation.node;

import com.google.protobuf.ByteString;
import dev.farpool.simulation.time.Timeline;
import dev.farpool.simulation.time.VirtualProcess;
import dev.farpool.v1.Failure;
import dev.farpool.v1.PoolSpec;
import dev.farpool.worker.core.Command;
import dev.farpool.worker.core.ExecutorExit;
import dev.farpool.worker.core.TaskRun;
import java.util.random.RandomGenerator;

/**
 * An executor process as the agent sees it: it starts, connects by two sockets, obeys, and dies,
 * with its agent at the latest.
 */
final class SimExecutor {
  static final int SIGKILL = 9;
  static final int SIGTERM = 15;
  private static final int SIGNALLED = 128;
  private static final int EXIT_AGENT_GONE = 114;
  private static final long REAP_NANOS = 3_000_000;

  private final SimExecutors host;
  private final long id;
  private final VirtualProcess process;
  private final RandomGenerator random;
  private final ExecutorPipe tasksIn;
  private final ExecutorPipe controlIn;
  private final ExecutorPipe tasksOut;
  private final ExecutorPipe controlOut;
  private final TaskThread thread;
  private PoolSpec spec;
  private boolean started;
  private boolean connected;
  private boolean unwanted;
  private boolean dead;
  private long leaseEndNanos;
  private Timeline.Event deadman;

  /**
   * @param spec of its pool; null for one without
   */
  SimExecutor(SimExecutors host, long id, PoolSpec spec, VirtualProcess process) {
    this.host = host;
    this.id = id;
    this.spec = spec;
    this.process = process;
    this.random = host.random();
    this.tasksIn = new ExecutorPipe(process, random);
    this.controlIn = new ExecutorPipe(process, random);
    this.tasksOut = new ExecutorPipe(host.agent(), random);
    this.controlOut = new ExecutorPipe(host.agent(), random);
    this.thread = new TaskThread(this, process, host.habits().slowness());
    process.timeline().after(random.nextLong(host.habits().mostStartNanos()), this::start);
  }

  long id() {
    return id;
  }

  boolean isWithoutPool() {
    return spec == null;
  }

  PoolSpec spec() {
    return spec;
  }

  SimExecutors host() {
    return host;
  }

  boolean isDead() {
    return dead;
  }

  private void start() {
    if (dead) {
      return;
    }
    boolean fails = random.nextDouble() < host.habits().startFailures();
    if (unwanted || fails) {
      dead = true;
      host.forget(this);
      String reason = unwanted ? "it was not wanted any more" : "error=12, Cannot allocate memory";
      ExecutorExit exit = ExecutorExit.notStarted(reason);
      tasksOut.send(() -> host.tell((agent, now) -> agent.executorGone(id, exit, now)));
      return;
    }
    started = true;
    renew(host.habits().leaseNanos());
    process.timeline().after(random.nextLong(host.habits().mostStartNanos()), this::connect);
  }

  private void connect() {
    if (!dead) {
      connected = true;
      tell((agent, now) -> agent.executorConnected(id, pid()));
    }
  }

  long pid() {
    return 1000 + id;
  }

  /** It may run on for so long. */
  private void renew(long nanos) {
    leaseEndNanos = process.nanoTime() + nanos;
    if (deadman == null || !deadman.isPending()) {
      deadman = process.afterOwn(nanos, this::checkLease);
    } else if (nanos < process.ownUntil(deadman)) {
      deadman.cancel();
      deadman = process.afterOwn(nanos, this::checkLease);
    }
  }

  private void checkLease() {
    long left = leaseEndNanos - process.nanoTime();
    if (dead) {
      return;
    }
    if (left <= 0) {
      die(EXIT_AGENT_GONE, false, 0);
    } else {
      deadman = process.afterOwn(left, this::checkLease);
    }
  }

  /** Tells the agent something by the task channel. */
  void tell(Command command) {
    tasksOut.send(() -> host.tell(command));
  }

  /** Its pool is over. */
  void release() {
    spec = null;
  }

  void setUp(PoolSpec itsPool, ByteString initializer) {
    spec = itsPool;
    tasksIn.send(() -> thread.add(() -> initialize(initializer)));
  }

  private void initialize(ByteString initializer) {
    if (initializer.isEmpty() || host.initializerWorks(spec)) {
      tell((agent, now) -> agent.executorReady(id, now));
    } else {
      Failure failure =
          Failure.newBuilder()
              .setKind(Failure.Kind.KIND_EXCEPTION)
              .setClassName("java.lang.IllegalStateException")
              .setMessage("the initializer fails")
              .build();
      tell((agent, now) -> agent.setUpFailed(id, failure, now));
    }
  }

  void define(int function) {
    tasksIn.send(() -> thread.define(function));
  }

  void run(TaskRun tasks) {
    tasksIn.send(() -> thread.add(tasks));
  }

  void exit() {
    if (connected) {
      tasksIn.send(() -> thread.add(() -> die(0, true, 0)));
    } else {
      kill();
    }
  }

  /** Something came by the control channel, which is read whatever the task does. */
  private void control(Runnable order) {
    if (connected) {
      controlIn.send(
          () -> {
            if (!dead) {
              order.run();
            }
          });
    }
  }

  void tick(long nanos) {
    control(() -> renew(nanos));
  }

  void recall(long below) {
    control(
        () -> {
          long from = thread.recall(below);
          controlOut.send(() -> host.tell((agent, now) -> agent.recalled(id, from)));
        });
  }

  void interrupt(long sequence) {
    control(() -> thread.interrupt(sequence));
  }

  void signalCommand(long sequence, int signal) {
    control(() -> thread.signalCommand(sequence, signal));
  }

  /** A signal from the agent to the process. */
  void signal(int signal) {
    process.timeline().after(random.nextLong(REAP_NANOS), () -> signalled(signal));
  }

  private void signalled(int signal) {
    if (!started) {
      unwanted |= signal == SIGKILL;
    } else if (signal == SIGKILL) {
      die(SIGNALLED + signal, false, 0);
    } else if (!thread.isStubborn()) {
      die(SIGNALLED + signal, true, signal);
    }
  }

  void kill() {
    unwanted = true;
    signal(SIGKILL);
  }

  void listen(boolean on) {
    tasksOut.setReading(on);
  }

  /** The agent is gone, its sockets are closed. */
  void orphaned() {
    process.timeline().after(random.nextLong(REAP_NANOS), () -> die(EXIT_AGENT_GONE, false, 0));
  }

  /** The process ends; the agent hears of it when nothing is left of it. */
  void die(int code, boolean goodbye, int signal) {
    if (dead) {
      return;
    }
    dead = true;
    if (goodbye) {
      thread.flush();
    }
    thread.stop();
    ExecutorExit exit =
        new ExecutorExit(
            pid(),
            code,
            goodbye,
            signal,
            thread.claimed(),
            thread.ended(),
            false,
            "its last words");
    long drained = Math.max(tasksOut.lastArrival(), controlOut.lastArrival());
    long reaped = process.timeline().now() + random.nextLong(REAP_NANOS);
    process
        .timeline()
        .after(Math.max(drained, reaped) - process.timeline().now() + 1, () -> gone(exit));
  }

  private void gone(ExecutorExit exit) {
    tasksOut.setReading(true);
    host.forget(this);
    host.tell((agent, now) -> agent.executorGone(id, exit, now));
  }
}
