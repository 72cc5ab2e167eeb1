package dev.farpool.coordinator.core;

import com.google.protobuf.ByteString;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.AttemptsFinished;
import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.JavaCalls;
import dev.farpool.v1.JoinPoolResponse;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.ReadTaskOutputResponse;
import dev.farpool.v1.Register;
import dev.farpool.v1.Registered;
import dev.farpool.v1.ResultBlock;
import dev.farpool.v1.ResultsResponse;
import dev.farpool.v1.ResumedPool;
import dev.farpool.v1.StartAttempts;
import dev.farpool.v1.SubmitRequest;
import dev.farpool.v1.TaskBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The scheduler's way of a task, from submission to acknowledgement, with a queue that keeps its
 * length: each step submits a hundred tasks, finishes the hundred that run, hands out the next
 * hundred and acknowledges what was delivered. What the messages' making costs is included.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
public class SchedulerBenchmark {
  private static final int BATCH = 100;
  private static final String SESSION = "session";
  private static final String POOL = "pool";
  private static final long LINK = 1;
  private static final long RESULTS = 2;
  private static final long SUBMIT = 3;
  private static final long NOW = 1_000_000_000L;

  /** How many tasks wait. */
  @Param({"1000", "10000000"})
  public int queued;

  private final Peers peers = new Peers();
  private Scheduler scheduler;
  private long submitted;
  private long sequence;

  /** Fills the queue, and the worker's hundred cores. */
  @Setup
  public void fill() {
    scheduler = new Scheduler(SchedulerLimits.DEFAULTS.withMaxHeldBytes(2L << 30), peers, NOW);
    scheduler.openSession(NOW, SESSION, "benchmark", "local");
    scheduler.attach(NOW, LINK, "local", registration(), registered(), ++sequence);
    PoolSpec spec = PoolSpec.newBuilder().setProcesses(BATCH).build();
    scheduler.createPool(NOW, SESSION, POOL, spec, ResumedPool.getDefaultInstance());
    scheduler.follow(NOW, RESULTS, POOL, 0);
    while (submitted < queued + BATCH) {
      submit();
      scheduler.flush(NOW);
    }
  }

  private static Register registration() {
    return Register.newBuilder()
        .setName("w1")
        .setInstanceId("w1-instance")
        .setHost("host")
        .setCores(BATCH)
        .build();
  }

  private static Registered registered() {
    return Registered.newBuilder().setEpoch(LINK).setCoordinatorId("coordinator").build();
  }

  /** One step. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long step() {
    AttachRequest finished = peers.finishAll(++sequence);
    submit();
    scheduler.report(NOW, LINK, finished, Placement.IN_MESSAGE);
    scheduler.flush(NOW);
    scheduler.acknowledgeResults(NOW, POOL, peers.cursor);
    return peers.cursor;
  }

  private void submit() {
    SubmitRequest.Builder request = SubmitRequest.newBuilder().setPoolId(POOL);
    if (submitted == 0) {
      request.addFunctions(function());
    }
    if (scheduler
        .submit(NOW, SUBMIT, request.addBatches(batch(submitted)).build(), Placement.IN_MESSAGE)
        .hasRejected()) {
      throw new IllegalStateException("a submission was refused");
    }
    submitted += BATCH;
  }

  private static FunctionDefinition function() {
    return FunctionDefinition.newBuilder()
        .setNumber(1)
        .setSha256(ByteString.copyFrom(new byte[32]))
        .setInline(ByteString.EMPTY)
        .build();
  }

  private static TaskBatch batch(long first) {
    JavaCalls.Builder calls = JavaCalls.newBuilder().setFunction(1);
    for (int i = 0; i < BATCH; i++) {
      calls.addSizes(1);
    }
    return TaskBatch.newBuilder()
        .setFirstIndex(first)
        .setJava(calls.setArguments(ByteString.copyFrom(new byte[BATCH])))
        .build();
  }

  /** The worker and the client: they take everything at once. */
  private static final class Peers implements Effects {
    private final List<StartAttempts> started = new ArrayList<>();
    private long cursor;

    /** Reports the result of each task that was handed out since. */
    AttachRequest finishAll(long sequence) {
      AttachRequest.Builder message = AttachRequest.newBuilder().setSequence(sequence);
      int tasks = 0;
      for (StartAttempts start : started) {
        message.addFinished(finished(start));
        tasks += start.getBatch().getJava().getSizesCount();
      }
      if (tasks != BATCH) {
        throw new IllegalStateException(tasks + " tasks were handed out, not " + BATCH);
      }
      started.clear();
      return message.build();
    }

    private static AttemptsFinished finished(StartAttempts start) {
      int count = start.getBatch().getJava().getSizesCount();
      AttemptsFinished.Builder finished = AttemptsFinished.newBuilder().setPool(start.getPool());
      ResultBlock.Builder block = ResultBlock.newBuilder();
      for (int i = 0; i < count; i++) {
        block.addIndexes(start.getBatch().getFirstIndex() + i).addSizes(1);
        finished.addBlockAttempts(start.getAttempt());
      }
      return finished.setBlock(block.setValues(ByteString.copyFrom(new byte[count]))).build();
    }

    @Override
    public boolean send(long link, AttachResponse message) {
      started.addAll(message.getStartList());
      return true;
    }

    @Override
    public boolean deliver(long call, ResultsResponse message) {
      cursor = message.getCursor();
      return true;
    }

    @Override
    public void endLink(long link, String message) {
      throw new IllegalStateException("the worker was sent away: " + message);
    }

    @Override
    public void completeResults(long call) {
      throw new IllegalStateException("the pool has ended");
    }

    @Override
    public void supersedeResults(long call) {
      throw new IllegalStateException("another client follows");
    }

    @Override
    public boolean print(long call, ReadTaskOutputResponse message) {
      throw new IllegalStateException("nobody reads output");
    }

    @Override
    public void completePrint(long call) {
      throw new IllegalStateException("nobody reads output");
    }

    @Override
    public void joined(long call, JoinPoolResponse response) {
      throw new IllegalStateException("nobody joins");
    }
  }
}
