package dev.farpool.worker.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import dev.farpool.common.SerialLoop;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.AttemptsFinished;
import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.FunctionsDefined;
import dev.farpool.v1.JavaCalls;
import dev.farpool.v1.PoolOpened;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.Registered;
import dev.farpool.v1.StartAttempts;
import dev.farpool.v1.TaskBatch;
import dev.farpool.worker.core.Agent;
import dev.farpool.worker.core.Command;
import dev.farpool.worker.core.Effects;
import dev.farpool.worker.core.Identity;
import dev.farpool.worker.core.Standby;
import dev.farpool.worker.core.TaskRun;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A real agent behind its real socket, with two executors that are nothing but their connections.
 * Its coordinator has given it a pool with tasks for both.
 */
final class SocketedAgent implements AutoCloseable {
  private static final String POOL = "a-pool";
  private static final int TASKS = 6;
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private final Path directory;
  private final ChannelLoop channels;
  private final Agent agent;
  private final SerialLoop<Command> loop = new SerialLoop<>(this::handle, this::elsewhere);
  private final Map<String, ChildExecutor> byMark = new HashMap<>();
  private final Map<Long, List<TaskRun>> given = new LinkedHashMap<>();
  private final Set<Long> setUp = new HashSet<>();
  private final Set<Long> finished = new HashSet<>();
  private final List<String> dropped = new ArrayList<>();
  private final List<Throwable> broken = new ArrayList<>();
  private volatile Thread reader;

  SocketedAgent(Path directory) throws IOException {
    this.directory = directory;
    this.channels =
        new ChannelLoop(directory.resolve("socket"), this::executor, this::unreadable, loop::post);
    Effects effects =
        (Effects)
            Proxy.newProxyInstance(
                Effects.class.getClassLoader(),
                new Class<?>[] {Effects.class},
                (proxy, method, arguments) -> effect(method.getName(), arguments));
    this.agent = new Agent(new Identity("w", "i", "h", 1, 2, Map.of(), "v"), Standby.NONE, effects);
    channels.start();
    loop.post((same, now) -> agent.opened(now));
    loop.post((same, now) -> agent.received(work(), now));
    loop.post((same, now) -> agent.codeReady(POOL));
  }

  private static AttachResponse work() {
    JavaCalls.Builder calls = JavaCalls.newBuilder().setFunction(1);
    for (int i = 0; i < TASKS; i++) {
      calls.addSizes(1);
    }
    calls.setArguments(ByteString.copyFrom(new byte[TASKS]));
    return AttachResponse.newBuilder()
        .setRegistered(
            Registered.newBuilder()
                .setCoordinatorId("c")
                .setHeartbeatInterval(Duration.newBuilder().setSeconds(2))
                .setLease(Duration.newBuilder().setSeconds(100))
                .setMaxInlineBytes(1000))
        .addOpened(
            PoolOpened.newBuilder()
                .setPool(1)
                .setPoolId(POOL)
                .setSpec(PoolSpec.newBuilder().setProcesses(2)))
        .addFunctions(
            FunctionsDefined.newBuilder()
                .setPool(1)
                .addFunctions(
                    FunctionDefinition.newBuilder().setNumber(1).setInline(ByteString.EMPTY)))
        .addStart(
            StartAttempts.newBuilder()
                .setPool(1)
                .setSlots(2)
                .setAttempt(1)
                .setBatch(TaskBatch.newBuilder().setJava(calls)))
        .build();
  }

  private void handle(List<Command> batch) {
    if (Thread.currentThread().getName().equals("farpool-channels")) {
      reader = Thread.currentThread();
    }
    try {
      long now = System.nanoTime();
      agent.begin(now);
      batch.forEach(command -> command.apply(agent, now));
      agent.settle(now);
    } catch (RuntimeException | Error bug) {
      synchronized (this) {
        broken.add(bug);
      }
    }
  }

  private void elsewhere(Runnable rest) {
    new Thread(rest, "rest-of-the-loop").start();
  }

  private synchronized Object effect(String name, Object[] arguments) {
    switch (name) {
      case "startExecutor" -> {
        long id = (Long) arguments[0];
        byMark.put(mark(id), new ChildExecutor(id, mark(id), directory));
      }
      case "setUp" -> setUp.add((Long) arguments[0]);
      case "run" ->
          given
              .computeIfAbsent((Long) arguments[0], none -> new ArrayList<>())
              .add((TaskRun) arguments[1]);
      case "send" -> {
        AttachRequest message = (AttachRequest) arguments[0];
        message.getFinishedList().forEach(this::note);
        loop.post((same, now) -> agent.received(acknowledged(message), now));
        notifyAll();
        return true;
      }
      default -> {} // Nothing else matters here.
    }
    notifyAll();
    return null;
  }

  private static AttachResponse acknowledged(AttachRequest message) {
    return AttachResponse.newBuilder().setAcknowledged(message.getSequence()).build();
  }

  private void note(AttemptsFinished outcomes) {
    finished.addAll(outcomes.getBlock().getIndexesList());
  }

  private static String mark(long id) {
    return "mark-" + id;
  }

  private synchronized ChildExecutor executor(String mark) {
    return byMark.get(mark);
  }

  private synchronized void unreadable(ChildExecutor executor) {
    dropped.add(executor.mark());
  }

  /** Connects an executor as its process would, and lets it be ready. */
  SocketExecutor connect(long id) throws IOException, InterruptedException {
    ChildExecutor executor = executor(mark(id));
    executor.started(new NoProcess(id));
    channels.tellIfComplete(executor);
    SocketExecutor connected = new SocketExecutor(directory.resolve("socket"), mark(id));
    connected.greet();
    awaitThat("executor " + id + " is to be set up", () -> setUp.contains(id));
    connected.beReady();
    awaitThat("executor " + id + " was given tasks", () -> given.containsKey(id));
    return connected;
  }

  /** The index of the task that an executor is to answer first. */
  synchronized long head(long id) {
    return given.get(id).get(0).firstIndex();
  }

  /** Waits until a task of an executor has been reported. */
  void awaitFinished(long index) throws InterruptedException {
    awaitThat("task " + index + " was reported", () -> finished.contains(index));
  }

  private synchronized void awaitThat(String what, BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean() && broken.isEmpty()) {
      long left = end - System.nanoTime();
      assertTrue(left > 0, "waited in vain until " + what);
      java.util.concurrent.TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    assertEquals(List.of(), broken);
  }

  /** The process of an executor is gone; what it had goes to others. */
  void gone(long id) throws InterruptedException {
    dev.farpool.worker.core.ExecutorExit exit =
        new dev.farpool.worker.core.ExecutorExit(id, 137, false, 0, 1, 0, false, "");
    loop.post((same, now) -> agent.executorGone(id, exit, now));
    awaitThat("the agent goes on", () -> true);
  }

  /** The thread that reads what executors say. */
  Thread reader() {
    return reader;
  }

  /** Whether an executor was given up for what it sent. */
  synchronized boolean wasDropped(long id) {
    return dropped.contains(mark(id));
  }

  @Override
  public void close() throws InterruptedException {
    channels.close();
    if (reader != null) {
      reader.join(10_000);
    }
  }
}
