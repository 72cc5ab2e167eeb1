package dev.farpool.coordinator.core;

import com.google.protobuf.ByteString;
import dev.farpool.coordinator.history.WallTime;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.JavaCalls;
import dev.farpool.v1.JoinPoolResponse;
import dev.farpool.v1.ListTasksResponse;
import dev.farpool.v1.PoolEnded;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.ReadTaskOutputResponse;
import dev.farpool.v1.Registered;
import dev.farpool.v1.ResultBlock;
import dev.farpool.v1.ResultsResponse;
import dev.farpool.v1.ResumedPool;
import dev.farpool.v1.SubmitRequest;
import dev.farpool.v1.SubmitResponse;
import dev.farpool.v1.TaskBatch;
import dev.farpool.v1.TaskOptions;
import dev.farpool.v1.TaskOutput;
import dev.farpool.v1.TaskResult;
import dev.farpool.v1.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A scheduler with workers and a client that write down what they get. Checks invariants often. */
final class Fixture implements Effects {
  static final String SESSION = "session";
  static final String OWNER = "local";

  private final SchedulerLimits limits;
  Scheduler scheduler;
  final Map<Long, FakeWorker> workers = new LinkedHashMap<>();
  final Map<Long, List<ResultsResponse>> results = new LinkedHashMap<>();
  final Map<Long, JoinPoolResponse> joined = new LinkedHashMap<>();
  final Map<Long, List<ReadTaskOutputResponse>> prints = new LinkedHashMap<>();
  final List<Long> completed = new ArrayList<>();
  final List<Long> superseded = new ArrayList<>();
  final List<Long> endedLinks = new ArrayList<>();
  final RecordedTaskSpans spans = new RecordedTaskSpans();
  boolean clientReady = true;
  boolean workersReady = true;
  long now = 1_000_000_000L;
  private long lastCall;
  private int coordinators;

  Fixture() {
    this(SchedulerLimits.DEFAULTS);
  }

  Fixture(SchedulerLimits limits) {
    this.limits = limits;
    start();
  }

  private void start() {
    coordinators++;
    scheduler = new Scheduler(limits, this, spans, now);
    scheduler.openSession(now, SESSION, "test", OWNER);
  }

  /** The coordinator is lost, and with it all streams; another one starts. */
  void restart() {
    workers.values().forEach(FakeWorker::loseCoordinator);
    workers.clear();
    start();
  }

  long newCall() {
    return ++lastCall;
  }

  void flush() {
    scheduler.flush(now);
    scheduler.checkInvariants();
  }

  void advance(Duration time) {
    now += time.toNanos();
    scheduler.tick(now);
    flush();
  }

  FakeWorker register(String name, int cores) {
    return register(name, cores, Map.of());
  }

  FakeWorker register(String name, int cores, Map<String, String> labels) {
    FakeWorker worker = new FakeWorker(name, cores, labels);
    attach(worker);
    return worker;
  }

  void attach(FakeWorker worker) {
    attachUnchecked(worker);
    scheduler.checkInvariants();
  }

  /** The same without a look at all of the state, for a crowd. */
  void attachUnchecked(FakeWorker worker) {
    worker.link = newCall();
    workers.put(worker.link, worker);
    scheduler.attach(
        now,
        worker.link,
        OWNER,
        worker.registration(),
        Registered.newBuilder()
            .setEpoch(worker.link)
            .setCoordinatorId("coordinator-" + coordinators)
            .build(),
        worker.message().getSequence());
    scheduler.flush(now);
  }

  void report(FakeWorker worker, AttachRequest message) {
    scheduler.report(now, worker.link, message, Placement.IN_MESSAGE);
    flush();
  }

  void disconnect(FakeWorker worker) {
    workers.remove(worker.link);
    scheduler.workerDisconnected(worker.link);
    flush();
  }

  void pool(String id, int processes) {
    pool(id, PoolSpec.newBuilder().setProcesses(processes).build());
  }

  void pool(String id, PoolSpec spec) {
    scheduler.createPool(now, SESSION, id, spec, ResumedPool.getDefaultInstance());
    flush();
  }

  /** Lets a pool go on at another coordinator; finished tasks as first index and count. */
  void resume(String id, int processes, long nextIndex, long... finished) {
    ResumedPool.Builder resumed = ResumedPool.newBuilder().setNextIndex(nextIndex);
    for (int i = 0; i < finished.length; i += 2) {
      resumed.addFinished(IndexRange.newBuilder().setFirst(finished[i]).setCount(finished[i + 1]));
    }
    PoolSpec spec = PoolSpec.newBuilder().setProcesses(processes).build();
    scheduler.createPool(now, SESSION, id, spec, resumed.build());
    flush();
  }

  static FunctionDefinition function() {
    return FunctionDefinition.newBuilder()
        .setNumber(1)
        .setSha256(ByteString.copyFrom(new byte[32]))
        .setInline(ByteString.EMPTY)
        .build();
  }

  static TaskBatch batch(long first, int count, TaskOptions options) {
    JavaCalls.Builder calls = JavaCalls.newBuilder().setFunction(1);
    for (int i = 0; i < count; i++) {
      calls.addSizes(1);
    }
    return TaskBatch.newBuilder()
        .setFirstIndex(first)
        .setOptions(options)
        .setJava(calls.setArguments(ByteString.copyFrom(new byte[count])))
        .build();
  }

  SubmitResponse submit(String pool, long first, int count) {
    return submit(pool, first, count, TaskOptions.getDefaultInstance());
  }

  SubmitResponse submit(String pool, long first, int count, TaskOptions options) {
    SubmitResponse response =
        scheduler.submit(
            now,
            0,
            SubmitRequest.newBuilder()
                .setPoolId(pool)
                .addFunctions(function())
                .addBatches(batch(first, count, options))
                .build(),
            Placement.IN_MESSAGE);
    flush();
    return response;
  }

  long follow(String pool) {
    return follow(pool, 0);
  }

  long follow(String pool, long cursor) {
    long call = newCall();
    results.put(call, new ArrayList<>());
    scheduler.follow(now, call, pool, cursor);
    flush();
    return call;
  }

  long join(String pool, Duration timeout) {
    long call = newCall();
    scheduler.joinPool(now, call, pool, timeout.toNanos());
    flush();
    return call;
  }

  /** The outcomes that a call got, small results without a failure. */
  Map<Long, TaskResult> outcomes(long call) {
    Map<Long, TaskResult> outcomes = new LinkedHashMap<>();
    for (ResultsResponse message : results.get(call)) {
      for (ResultBlock block : message.getBlocksList()) {
        for (long index : block.getIndexesList()) {
          add(outcomes, TaskResult.newBuilder().setIndex(index).build());
        }
      }
      message.getResultsList().forEach(result -> add(outcomes, result));
    }
    return outcomes;
  }

  private static void add(Map<Long, TaskResult> outcomes, TaskResult result) {
    if (outcomes.put(result.getIndex(), result) != null) {
      throw new AssertionError("task " + result.getIndex() + " has two outcomes");
    }
  }

  /** A page of tasks. */
  ListTasksResponse tasks(String pool, int pageSize, String cursor, TaskStatus.State... states) {
    TaskCursor from = cursor.isEmpty() ? TaskCursor.START : TaskCursor.parse(cursor);
    return scheduler
        .insight()
        .list(Scope.ALL, new TaskQuery(pool, Set.of(states), pageSize, from), wall());
  }

  WallTime wall() {
    return new WallTime(now, now / 1_000_000);
  }

  List<TaskOutput> output(long call) {
    List<TaskOutput> output = new ArrayList<>();
    results.get(call).forEach(message -> output.addAll(message.getOutputList()));
    return output;
  }

  PoolEnded.How ended(long call) {
    List<ResultsResponse> messages = results.get(call);
    return messages.isEmpty()
        ? PoolEnded.How.HOW_UNSPECIFIED
        : messages.get(messages.size() - 1).getEnded().getHow();
  }

  @Override
  public boolean send(long link, AttachResponse message) {
    FakeWorker worker = workers.get(link);
    if (worker != null) {
      worker.receive(message);
    }
    return workersReady;
  }

  @Override
  public void endLink(long link, String message) {
    endedLinks.add(link);
  }

  @Override
  public boolean deliver(long call, ResultsResponse message) {
    results.get(call).add(message);
    return clientReady;
  }

  @Override
  public void completeResults(long call) {
    completed.add(call);
  }

  @Override
  public void supersedeResults(long call) {
    superseded.add(call);
  }

  @Override
  public boolean print(long call, ReadTaskOutputResponse message) {
    prints.computeIfAbsent(call, none -> new ArrayList<>()).add(message);
    return clientReady;
  }

  @Override
  public void completePrint(long call) {
    completed.add(call);
  }

  @Override
  public void joined(long call, JoinPoolResponse response) {
    joined.put(call, response);
  }
}
