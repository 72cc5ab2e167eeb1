package dev.farpool.worker.core;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.FunctionsDefined;
import dev.farpool.v1.HeldAttempts;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.JavaCalls;
import dev.farpool.v1.PoolOpened;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.Register;
import dev.farpool.v1.Registered;
import dev.farpool.v1.StartAttempts;
import dev.farpool.v1.TaskBatch;
import dev.farpool.v1.TaskOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An agent of two cores whose coordinator and executors are a test: no process, no clock. */
abstract class AgentFixture {
  static final long MILLI = 1_000_000;
  static final long SECOND = 1000 * MILLI;

  final RecordedEffects effects = new RecordedEffects();

  /** What was told of traced attempts. */
  final List<RunSpan> spans = new ArrayList<>();

  final Agent agent;

  long now = SECOND;

  AgentFixture() {
    this(Standby.NONE);
  }

  /** With so many executors without a pool. */
  AgentFixture(Standby standby) {
    Identity identity = new Identity("w", "i", "h", 1, 2, Map.of(), "v");
    agent = new Agent(identity, standby, effects, new Told());
  }

  /** Connects to a coordinator with a lease of 10 s, which opens these pools. */
  Register attach(String coordinatorId, PoolOpened... opened) {
    AttachRequest request = connect();
    now += MILLI;
    receive(
        AttachResponse.newBuilder()
            .setRegistered(registered(coordinatorId))
            .setAcknowledged(request.getSequence())
            .addAllOpened(List.of(opened)));
    return request.getRegister();
  }

  /** Opens the stream; the answer is the registration. */
  AttachRequest connect() {
    effects.takeSent();
    agent.opened(now);
    return effects.takeSent().get(0);
  }

  static Registered registered(String coordinatorId) {
    return Registered.newBuilder()
        .setCoordinatorId(coordinatorId)
        .setHeartbeatInterval(Duration.newBuilder().setSeconds(2))
        .setLease(Duration.newBuilder().setSeconds(10))
        .setMaxInlineBytes(1000)
        .build();
  }

  void receive(AttachResponse.Builder message) {
    agent.received(message.build(), now);
    agent.settle(now);
  }

  /** Lets time pass. */
  void pass(long nanos) {
    now += nanos;
    agent.begin(now);
    agent.settle(now);
  }

  static PoolOpened pool(long number, PoolSpec.Builder spec) {
    return PoolOpened.newBuilder().setPool(number).setPoolId("p" + number).setSpec(spec).build();
  }

  /** Opens a pool whose function 1 and code are there. */
  void open(long number, PoolSpec.Builder spec) {
    FunctionDefinition function =
        FunctionDefinition.newBuilder().setNumber(1).setInline(ByteString.EMPTY).build();
    receive(
        AttachResponse.newBuilder()
            .addOpened(pool(number, spec))
            .addFunctions(FunctionsDefined.newBuilder().setPool(number).addFunctions(function)));
    agent.codeReady("p" + number);
    effects.take();
  }

  void start(long pool, int slots, long first, int count, TaskOptions.Builder options) {
    JavaCalls.Builder calls = JavaCalls.newBuilder().setFunction(1);
    for (int i = 0; i < count; i++) {
      calls.addSizes(0);
    }
    start(pool, slots, first, calls, options);
  }

  void start(long pool, int slots, long first, int count) {
    start(pool, slots, first, count, TaskOptions.newBuilder());
  }

  void start(
      long pool, int slots, long first, JavaCalls.Builder calls, TaskOptions.Builder options) {
    start(
        pool,
        slots,
        TaskBatch.newBuilder().setFirstIndex(first).setOptions(options).setJava(calls));
  }

  void start(long pool, int slots, TaskBatch.Builder batch) {
    receive(
        AttachResponse.newBuilder()
            .addStart(
                StartAttempts.newBuilder()
                    .setPool(pool)
                    .setSlots(slots)
                    .setAttempt(1)
                    .setBatch(batch)));
  }

  void ready(long... executors) {
    for (long executor : executors) {
      agent.executorConnected(executor, 100 + executor);
      agent.executorReady(executor, now);
    }
    agent.settle(now);
  }

  /**
   * A pool of so many slots that are all busy: the tasks and the executors are 0, 1, … and 1, 2, …
   */
  void openBusy(int slots) {
    open(1, PoolSpec.newBuilder());
    start(1, slots, 0, slots);
    for (int executor = 1; executor <= slots; executor++) {
      ready(executor);
    }
    effects.take();
    effects.takeSent();
  }

  void finish(long executor, long first, int count, long nanos) {
    agent.results(executor, nanos, first, new int[count], ByteString.EMPTY, now);
    agent.settle(now);
  }

  void gone(long executor, long claimed, long ended) {
    agent.executorGone(
        executor, new ExecutorExit(100 + executor, 137, false, 0, claimed, ended, false, ""), now);
    agent.settle(now);
  }

  static IndexRange range(long first, long count) {
    return IndexRange.newBuilder().setFirst(first).setCount(count).build();
  }

  /** The indexes that a registration says are held of a pool. */
  static List<Long> held(Register register, String poolId) {
    return register.getHeldList().stream()
        .filter(held -> held.getPoolId().equals(poolId))
        .map(HeldAttempts::getIndexesList)
        .findFirst()
        .orElse(List.of())
        .stream()
        .sorted()
        .toList();
  }

  private final class Told implements RunSpans {
    private long lastId;

    @Override
    public long newId() {
      return ++lastId;
    }

    @Override
    public void ended(RunSpan span) {
      spans.add(span);
    }
  }
}
