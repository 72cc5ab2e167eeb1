package dev.farpool.worker.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import dev.farpool.common.SerialLoop;
import dev.farpool.common.Surroundings;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.FunctionsDefined;
import dev.farpool.v1.HeldAttempts;
import dev.farpool.v1.JavaCalls;
import dev.farpool.v1.PoolOpened;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.Register;
import dev.farpool.v1.Registered;
import dev.farpool.v1.StartAttempts;
import dev.farpool.v1.TaskBatch;
import dev.farpool.worker.core.Agent;
import dev.farpool.worker.core.Command;
import dev.farpool.worker.core.Identity;
import dev.farpool.worker.core.Standby;
import dev.farpool.worker.grpc.AttachLink;
import dev.farpool.worker.grpc.LinkListener;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A worker's agent and link as they are, between a coordinator that says anything and executors
 * that are prompt. Time stands still but for what a test lets pass; all runs on its thread.
 */
final class StagedWorker implements AutoCloseable {
  private static final int MOST_EVENTS = 10_000;
  private static final String HONEST = "an honest pool";

  private final StagedCoordinator coordinator = new StagedCoordinator();
  private final ScheduledThreadPoolExecutor never = new Never();
  private final List<Throwable> broken = new ArrayList<>();
  private final SerialLoop<Command> loop = new SerialLoop<>(this::handle, broken(broken));
  private final Server server;
  private final ManagedChannel channel;
  private final AttachLink link;
  private final PromptExecutors executors;
  private final Agent agent;
  private long nanos = 1_000_000_000;

  StagedWorker() throws IOException {
    String name = UUID.randomUUID().toString();
    server = InProcessServerBuilder.forName(name).addService(coordinator).directExecutor().build();
    server.start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    Surroundings surroundings =
        new Surroundings(() -> nanos, never, new Random(1), () -> "an-instance");
    link = new AttachLink(channel, surroundings, loop::post, new Deaf());
    executors = new PromptExecutors(this::send);
    agent =
        new Agent(
            new Identity("w", "i", "h", 1, 2, Map.of(), "v"), Standby.NONE, executors.effects());
    link.open();
  }

  private static java.util.concurrent.Executor broken(List<Throwable> broken) {
    return rest -> broken.add(new IllegalStateException("the loop never ends"));
  }

  private boolean send(AttachRequest message) {
    return link.send(message);
  }

  private void handle(List<Command> batch) {
    try {
      agent.begin(nanos);
      batch.forEach(command -> command.apply(agent, nanos));
      agent.settle(nanos);
    } catch (RuntimeException | Error bug) {
      broken.add(bug);
    }
  }

  /** Hears a coordinator out; whether the stream is still up. */
  boolean hear(AttachResponse message) {
    coordinator.say(message);
    settle();
    return coordinator.isHeard();
  }

  /** Lets time pass. */
  void pass(long millis) {
    nanos += millis * 1_000_000;
    loop.post((same, now) -> {});
    settle();
  }

  /** Lets happen what is to happen, which must come to an end. */
  private void settle() {
    int events = 0;
    for (Command next = executors.next(); next != null; next = executors.next()) {
      loop.post(next);
      assertTrue(++events < MOST_EVENTS, "the worker comes to no end");
    }
    assertEquals(List.of(), broken);
  }

  /** Attaches the worker to a coordinator that is in order, and has it run a task. */
  void work() {
    coordinator.hangUp();
    pass(1000);
    link.open();
    Register register = coordinator.heard().get(0).getRegister();
    AttachResponse.Builder first = AttachResponse.newBuilder().setRegistered(registered());
    register.getHeldList().stream().map(HeldAttempts::getPoolId).forEach(first::addForgotten);
    assertTrue(hear(first.build()), "the worker comes back");
    assertTrue(hear(task()), "the worker takes the task");
    pass(5_000);
    long ended =
        coordinator.heard().stream()
            .flatMap(message -> message.getFinishedList().stream())
            .filter(finished -> finished.getPool() == 77)
            .count();
    assertEquals(1, ended, "outcomes of the task");
  }

  private static Registered registered() {
    return Registered.newBuilder()
        .setCoordinatorId("an honest coordinator")
        .setHeartbeatInterval(Duration.newBuilder().setSeconds(2))
        .setLease(Duration.newBuilder().setSeconds(10))
        .setMaxInlineBytes(1000)
        .build();
  }

  private static AttachResponse task() {
    return AttachResponse.newBuilder()
        .addOpened(
            PoolOpened.newBuilder()
                .setPool(77)
                .setPoolId(HONEST)
                .setSpec(PoolSpec.newBuilder().setProcesses(1)))
        .addFunctions(
            FunctionsDefined.newBuilder()
                .setPool(77)
                .addFunctions(
                    FunctionDefinition.newBuilder().setNumber(1).setInline(ByteString.EMPTY)))
        .addStart(
            StartAttempts.newBuilder()
                .setPool(77)
                .setSlots(1)
                .setAttempt(1)
                .setBatch(
                    TaskBatch.newBuilder()
                        .setJava(JavaCalls.newBuilder().setFunction(1).addSizes(0))))
        .build();
  }

  @Override
  public void close() {
    link.close();
    never.shutdownNow();
    channel.shutdownNow();
    server.shutdownNow();
  }

  /** The link would come back after a pause; here it comes back when a test wants it. */
  private static final class Never extends ScheduledThreadPoolExecutor {
    Never() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      return super.schedule(task, 1, TimeUnit.DAYS);
    }
  }

  /** Nobody asks for the state of the link. */
  private static final class Deaf implements LinkListener {
    @Override
    public void attached() {}

    @Override
    public void lost(String reason) {}

    @Override
    public void refused(String reason) {}

    @Override
    public void left() {}
  }
}
