package dev.farpool;

import dev.farpool.call.CallWriter;
import dev.farpool.call.Definition;
import dev.farpool.call.Shape;
import dev.farpool.core.Outcome;
import dev.farpool.core.TaskSink;
import dev.farpool.grpc.PoolLink;
import dev.farpool.v1.TaskStarted;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process that runs a function: Python's {@code multiprocessing.Process}, on this machine or
 * wherever in the cluster a core is free. It waits for one if none is.
 *
 * <p>Its code is never started twice. What it prints appears here. An exception that leaves the
 * function is printed to its standard error, and gives exit code 1. As long as a started process
 * runs that is no daemon, this JVM does not end by itself; {@code System.exit} and signals end it
 * nevertheless, and the process with it. Thread-safe.
 */
public final class RemoteProcess implements AutoCloseable {
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final int SIGKILL = 9;
  private static final int SIGTERM = 15;

  private final RemoteProcessBuilder builder;
  private final String name;
  private final PoolEvents events;
  private final CompletableFuture<RemoteProcess> exit;
  private PoolLink link;
  private boolean closed;
  private volatile long index;
  private volatile TaskStarted started;
  private volatile Integer exitCode;
  private volatile Throwable failure;

  /**
   * A process on the default cluster; it is not started.
   *
   * @param target what it runs
   */
  public RemoteProcess(SerializableRunnable target) {
    this(builder(target));
  }

  RemoteProcess(RemoteProcessBuilder builder) {
    this.builder = builder;
    int number = NUMBERS.incrementAndGet();
    this.name = builder.name().isEmpty() ? "Process-" + number : builder.name();
    this.events = new PoolEvents(name, builder.output(), start -> started = start);
    this.exit = new ResultStage<>(new CallbackThread("farpool-callbacks-" + name));
  }

  /** Says what a process is to be; it will be on the default cluster. */
  public static RemoteProcessBuilder builder(SerializableRunnable target) {
    return new RemoteProcessBuilder(null, target);
  }

  /**
   * Starts the process as soon as a core is free. Returns at once.
   *
   * @throws IllegalStateException "cannot start a process twice"
   * @throws IllegalArgumentException if the function or what it captures is not serializable
   * @throws ClusterUnreachableException if there is no coordinator
   */
  public synchronized void start() {
    checkOpen();
    if (link != null) {
      throw new IllegalStateException("cannot start a process twice");
    }
    CallWriter writer = new CallWriter();
    Definition definition = writer.call(Shape.RUN, builder.target());
    Cluster cluster = builder.cluster();
    link = cluster.createPool(builder.spec(name), null, events);
    new PoolBackend(link, null, cluster.failures())
        .submitTraced(
            "process", definition, TaskOptions.DEFAULTS, writer, new Sink(cluster.failures()));
    link.close();
    if (!builder.daemon()) {
      Thread keeper = new Thread(this::awaitExit, "farpool-" + name);
      keeper.setDaemon(false);
      keeper.start();
    }
  }

  /** Keeps the JVM from ending before the process. */
  private void awaitExit() {
    try {
      events.awaitEnd(Long.MAX_VALUE);
    } catch (InterruptedException notWanted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits until the process has ended and what it printed is printed.
   *
   * @throws IllegalStateException "can only join a started process"
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public void join() throws InterruptedException {
    join(Duration.ofNanos(Long.MAX_VALUE));
  }

  /**
   * The same, but not for ever.
   *
   * @return whether it has ended; if not, {@link #explain} tells what it waits for
   */
  public boolean join(Duration timeout) throws InterruptedException {
    started("can only join a started process");
    return events.awaitEnd(Wire.nanos(timeout));
  }

  /** What it waits for or does, in a sentence for a person. */
  public String explain() {
    PoolLink pool = started("can only explain a started process");
    if (events.hasEnded()) {
      return "the process has ended";
    }
    try {
      return Answers.explanation(pool.calls().explain(index));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "interrupted while the coordinator was asked";
    }
  }

  /** Whether it was started and has not ended. It may still wait for a core. */
  public boolean isAlive() {
    synchronized (this) {
      checkOpen();
      return link != null && exitCode == null;
    }
  }

  /**
   * How it ended: 0 in the normal way, 1 by an exception, N by {@code System.exit(N)}, −N by signal
   * N. Empty until it has ended. A process that was lost with its worker counts as killed: −9.
   */
  public OptionalInt exitCode() {
    checkOpenLocked();
    Integer code = exitCode;
    return code == null ? OptionalInt.empty() : OptionalInt.of(code);
  }

  /**
   * Why there is no exit status of the process itself, where there is none: lost, never started.
   */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** Its process id on its host; empty until it runs. */
  public OptionalLong pid() {
    checkOpenLocked();
    TaskStarted start = started;
    return start == null ? OptionalLong.empty() : OptionalLong.of(start.getPid());
  }

  /** The host it runs on; empty until it runs. */
  public Optional<String> host() {
    checkOpenLocked();
    return Optional.ofNullable(started).map(TaskStarted::getHost);
  }

  /** Its name, for people. */
  public String name() {
    return name;
  }

  /** Sends SIGTERM, or takes it out of the queue. Returns without waiting for its end. */
  public void terminate() {
    end(SIGTERM);
  }

  /** Sends SIGKILL, or takes it out of the queue. Returns without waiting for its end. */
  public void kill() {
    end(SIGKILL);
  }

  private void end(int signal) {
    PoolLink pool = started("can only end a started process");
    if (exitCode != null) {
      return;
    }
    dev.farpool.v1.CancelMode queued = dev.farpool.v1.CancelMode.CANCEL_MODE_QUEUED_ONLY;
    Answers.isDone(
        pool.calls()
            .cancel(queued, index)
            .thenCompose(
                cancelled ->
                    cancelled
                        ? CompletableFuture.completedFuture(true)
                        : pool.calls().signal(index, signal)));
  }

  /** Completes when it has ended, with this process; dependents run on a thread of its own. */
  public CompletableFuture<RemoteProcess> onExit() {
    return exit.copy();
  }

  private synchronized PoolLink started(String otherwise) {
    checkOpen();
    if (link == null) {
      throw new IllegalStateException(otherwise);
    }
    return link;
  }

  private synchronized void checkOpenLocked() {
    checkOpen();
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("process object is closed");
    }
  }

  /**
   * Lets go of the process; afterwards only its name is known. Idempotent.
   *
   * @throws IllegalStateException if it is still running
   */
  @Override
  public synchronized void close() {
    if (!closed && link != null && exitCode == null) {
      throw new IllegalStateException(
          "Cannot close a process while it is still running. You should first call join() or"
              + " terminate().");
    }
    closed = true;
  }

  @Override
  public String toString() {
    return "<RemoteProcess name=" + name + " " + status() + ">";
  }

  private synchronized String status() {
    if (closed) {
      return "closed";
    } else if (link == null) {
      return "initial";
    }
    return exitCode == null ? "started" : "stopped exitcode=" + exitCode;
  }

  /** Gets the end of the process. */
  private final class Sink implements TaskSink {
    private final Failures failures;

    Sink(Failures failures) {
      this.failures = failures;
    }

    @Override
    public void indexed(long at) {
      index = at;
    }

    @Override
    public void accept(Outcome outcome) {
      if (outcome instanceof Outcome.Exited exited) {
        exitCode = Failures.exitCode(exited.status());
      } else if (outcome instanceof Outcome.Failed failed) {
        failure = failures.exception(failed.failure());
        exitCode = code(failed.failure());
      } else if (outcome instanceof Outcome.Refused refused) {
        failure = refused.cause();
        exitCode = 1;
      } else {
        exitCode = 0;
      }
      if (failure != null && exitCode == 1) {
        System.err.println("Process " + name + ": " + failure);
      }
      exit.completeAsync(() -> RemoteProcess.this);
    }

    private static int code(dev.farpool.v1.Failure failure) {
      if (failure.hasExit()) {
        return Failures.exitCode(failure.getExit());
      }
      return switch (failure.getKind()) {
        case KIND_CANCELLED -> -SIGTERM;
        case KIND_WORKER_LOST, KIND_POOL_TERMINATED, KIND_PROCESS_DIED, KIND_OUT_OF_MEMORY ->
            -SIGKILL;
        default -> 1;
      };
    }
  }
}
