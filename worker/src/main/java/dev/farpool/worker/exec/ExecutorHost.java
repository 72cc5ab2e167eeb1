package dev.farpool.worker.exec;

import com.google.protobuf.ByteString;
import dev.farpool.common.Protocol;
import dev.farpool.executor.frame.FrameType;
import dev.farpool.executor.frame.FrameWriter;
import dev.farpool.v1.PoolSpec;
import dev.farpool.worker.core.Command;
import dev.farpool.worker.core.ExecutorExit;
import dev.farpool.worker.core.TaskRun;
import dev.farpool.worker.exec.cgroup.Cgroups;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The executors of one agent as processes: starts them, talks to them, ends them. What they say and
 * how they end goes to the mailbox. Thread-safe.
 */
public final class ExecutorHost implements AutoCloseable {
  private static final long CLOSE_SECONDS = 10;

  private final long mostLeaseNanos;
  private final ExecutorFiles files;
  private final Cgroups cgroups;
  private final ExecutorCommand command;
  private final Consumer<Command> mailbox;
  private final ChannelLoop channels;
  private final Reaper reaper;
  private final ExecutorService starter;
  private final Map<Long, ChildExecutor> byId = new ConcurrentHashMap<>();
  private final Map<String, ChildExecutor> byMark = new ConcurrentHashMap<>();

  /**
   * @param directory the agent's private directory
   * @param doomed the directory that executors delete when their agent is gone: the same or one
   *     around it
   * @param isolation as whom executors run
   * @param cgroups what bounds them; the host closes it
   * @param lease for how long executors live on, at most, without a sign of life of their agent
   * @param threads makes the host's threads
   * @throws IOException if the socket cannot be made
   */
  public ExecutorHost(
      Path directory,
      Path doomed,
      Isolation isolation,
      Cgroups cgroups,
      Duration lease,
      ThreadFactory threads,
      Consumer<Command> mailbox)
      throws IOException {
    this.mostLeaseNanos = lease.toNanos();
    this.files = new ExecutorFiles(directory, isolation);
    this.cgroups = cgroups;
    this.command = new ExecutorCommand(files.socket(), doomed, lease.toMillis(), isolation);
    this.mailbox = mailbox;
    this.channels =
        new ChannelLoop(files.socket(), byMark::get, executor -> kill(executor.id()), mailbox);
    isolation.give(files.socket());
    this.reaper = new Reaper(threads, mailbox, files::delete);
    this.starter =
        new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads, whenClosed());
    channels.start();
  }

  /** What comes when the host is closing need not be done: all executors and files go. */
  private static RejectedExecutionHandler whenClosed() {
    return new ThreadPoolExecutor.DiscardPolicy();
  }

  /**
   * The thread on which pools' files are made and deleted, one after the other. After {@link
   * #close} it drops what it is given.
   */
  public Executor files() {
    return starter;
  }

  /**
   * Makes the code of a pool ready for its executors; on the thread of {@link #files}.
   *
   * @throws IOException if the files cannot be written
   */
  public void layOut(String poolId, PoolSpec spec, List<Path> parts) throws IOException {
    files.layOut(poolId, spec, parts);
  }

  /** Deletes what a pool had. */
  public void dropPool(String poolId) {
    starter.execute(() -> files.dropPool(poolId));
  }

  /** Starts an executor. */
  public void start(long id, String poolId, PoolSpec spec) {
    start(id, executor -> command.builder(executor, files.arguments(poolId), spec));
  }

  /** Starts an executor that has no pool yet; {@link #setUpSpare} gives it one. */
  public void startSpare(long id) {
    start(id, command::spare);
  }

  /** Has a spare that has connected open what the next pool is likely to have: the last one's. */
  public void prepareSpare(long id) {
    sendTask(id, Messages.likelyCode(files.lastJars()), List.of());
  }

  private void start(long id, Function<ChildExecutor, ProcessBuilder> builder) {
    ChildExecutor executor =
        new ChildExecutor(id, UUID.randomUUID().toString(), files.executor(id));
    byId.put(id, executor);
    byMark.put(executor.mark(), executor);
    starter.execute(() -> start(executor, builder));
    if (starter.isShutdown()) {
      forget(executor);
    }
  }

  private void start(ChildExecutor executor, Function<ChildExecutor, ProcessBuilder> builder) {
    if (executor.isKilled()) {
      notStarted(executor, "it was not wanted any more");
      return;
    }
    Process process = null;
    try {
      files.create(executor);
      executor.join(cgroups.create("executor-" + executor.id()));
      process = builder.apply(executor).start();
      OomScore.raise(process.pid());
      watch(executor, process);
    } catch (IOException | RuntimeException | OutOfMemoryError refused) {
      // Whatever it was, somebody waits for the executor.
      if (process != null) {
        process.destroyForcibly();
      }
      executor.cgroup().kill();
      executor.cgroup().remove();
      files.delete(executor);
      notStarted(executor, String.valueOf(refused.getMessage()));
    }
  }

  private void watch(ChildExecutor executor, Process process) {
    RawPipe[] pipes = {
      new RawPipe(executor, process.getInputStream(), false, mailbox).start(),
      new RawPipe(executor, process.getErrorStream(), true, mailbox).start()
    };
    executor.started(process);
    channels.tellIfComplete(executor);
    reaper.watch(executor, pipes, channels, () -> forget(executor));
    if (executor.isKilled()) {
      reaper.kill(executor);
    }
  }

  private void notStarted(ChildExecutor executor, String reason) {
    forget(executor);
    ExecutorExit exit = ExecutorExit.notStarted(reason);
    mailbox.accept((agent, now) -> agent.executorGone(executor.id(), exit, now));
  }

  private void forget(ChildExecutor executor) {
    byMark.remove(executor.mark());
    synchronized (byId) {
      byId.remove(executor.id());
      byId.notifyAll();
    }
  }

  /** Sets up an executor that has connected. */
  public void setUp(long id, PoolSpec spec, ByteString initializer) {
    sendTask(id, Messages.setUp(spec, initializer, LateClassPath.NONE), List.of());
  }

  /** Brings a spare that has connected the code of its pool, and sets it up. */
  public void setUpSpare(long id, String poolId, PoolSpec spec, ByteString initializer) {
    starter.execute(() -> withExecutor(id, spare -> setUpSpare(spare, poolId, spec, initializer)));
  }

  private void setUpSpare(
      ChildExecutor spare, String poolId, PoolSpec spec, ByteString initializer) {
    try {
      LateClassPath late = files.bringCode(spare, poolId);
      sendTask(spare.id(), Messages.setUp(spec, initializer, late), List.of());
    } catch (IOException | RuntimeException refused) {
      String told = "killed, as its pool's code could not be brought to it: " + refused + "\n";
      spare.stderr().add(ByteString.copyFromUtf8(told));
      kill(spare.id());
    }
  }

  /** Has an executor whose pool is over leave nothing of it behind. */
  public void release(long id) {
    sendTask(id, Messages.of(FrameType.RELEASE), List.of());
  }

  /** Gives an executor a function. */
  public void define(long id, int function, ByteString definition) {
    sendTask(id, Messages.define(function, definition), List.of());
  }

  /** Gives an executor tasks. */
  public void run(long id, TaskRun tasks) {
    ByteString bodies = tasks.bodies();
    sendTask(id, Messages.run(tasks, bodies.size()), bodies.asReadOnlyByteBufferList());
  }

  /** Asks for the tasks below a sequence back. */
  public void recall(long id, long below) {
    sendControl(id, Messages.of(FrameType.RECALL, below));
  }

  /** Interrupts the task of this sequence, if it runs. */
  public void interrupt(long id, long sequence) {
    sendControl(id, Messages.of(FrameType.INTERRUPT, sequence));
  }

  /** Sends the command of this sequence a signal, if it runs. */
  public void signalCommand(long id, long sequence, int signal) {
    sendControl(id, Messages.signal(sequence, signal));
  }

  /** Whether to read what an executor says. */
  public void listen(long id, boolean on) {
    ChildExecutor executor = byId.get(id);
    if (executor != null && executor.tasks() != null) {
      executor.tasks().setReading(on);
    }
  }

  /** Sends an executor's process a signal, or has its codec asked. */
  public void signalProcess(long id, int signal) {
    if (signal == Protocol.SIGNAL_ASKING) {
      sendControl(id, Messages.of(FrameType.ASK));
    } else {
      withExecutor(id, executor -> reaper.signal(executor, signal));
    }
  }

  /** Lets an executor exit when it has finished; one that has not connected is killed. */
  public void exit(long id) {
    withExecutor(
        id,
        executor -> {
          if (executor.tasks() == null) {
            reaper.kill(executor);
          } else {
            executor.tasks().send(Messages.of(FrameType.EXIT));
          }
        });
  }

  /** Sends SIGTERM to an executor and all that came from it. */
  public void terminate(long id) {
    withExecutor(id, reaper::terminate);
  }

  /** Kills an executor and all that came from it. */
  public void kill(long id) {
    withExecutor(id, reaper::kill);
  }

  /** Tells all executors for how long they may run on without hearing this again. */
  public void tick(long nanos) {
    FrameWriter frame = Messages.of(FrameType.TICK, Math.min(nanos, mostLeaseNanos));
    byId.keySet().forEach(id -> sendControl(id, frame));
  }

  private void sendTask(long id, FrameWriter frame, List<ByteBuffer> rest) {
    withExecutor(
        id,
        executor -> {
          if (executor.tasks() != null) {
            executor.tasks().send(frame, rest);
          }
        });
  }

  private void sendControl(long id, FrameWriter frame) {
    withExecutor(
        id,
        executor -> {
          if (executor.control() != null) {
            executor.control().send(frame);
          }
        });
  }

  private void withExecutor(long id, Consumer<ChildExecutor> action) {
    ChildExecutor executor = byId.get(id);
    if (executor != null) {
      action.accept(executor);
    }
  }

  /** Kills all executors, and waits for a bounded time until nothing is left of them. */
  @Override
  public void close() {
    starter.shutdown();
    byId.values().forEach(reaper::kill);
    try {
      starter.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
      awaitGone(System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS));
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    reaper.close();
    channels.close();
    cgroups.close();
  }

  private void awaitGone(long endNanos) throws InterruptedException {
    synchronized (byId) {
      long left = endNanos - System.nanoTime();
      while (!byId.isEmpty() && left > 0) {
        TimeUnit.NANOSECONDS.timedWait(byId, left);
        left = endNanos - System.nanoTime();
      }
    }
  }
}
