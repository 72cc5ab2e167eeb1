package dev.farpool.coordinator.core;

import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.CancelMode;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.JoinPoolResponse;
import dev.farpool.v1.ReadTaskOutputResponse;
import dev.farpool.v1.Registered;
import dev.farpool.v1.ResultsResponse;
import dev.farpool.v1.StartAttempts;
import dev.farpool.v1.SubmitRequest;
import dev.farpool.v1.TaskBatch;
import dev.farpool.v1.TraceContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Workers and clients that do everything they may do, and lose what can get lost. */
final class RandomCluster implements Effects {
  private static final int POOLS = 4;
  private static final int WORKERS = 4;
  private static final long LEASE_NANOS = SchedulerLimits.DEFAULTS.lease().toNanos();

  private final Random random;
  private final RandomReports reports;
  private Scheduler scheduler;
  private Elsewhere elsewhere;
  private final Map<String, RandomClient> clients = new LinkedHashMap<>();
  private final Map<Long, RandomClient> followers = new HashMap<>();
  private final Map<Long, FakeWorker> links = new LinkedHashMap<>();
  private final Map<Long, String> poolIds = new HashMap<>();
  private StartOrder order;

  private final Map<FakeWorker, List<AttachRequest>> lost = new HashMap<>();
  private final List<FakeWorker> away = new ArrayList<>();
  private final List<AttachRequest> old = new ArrayList<>();
  private final List<Runnable> late = new ArrayList<>();
  private final Set<RandomClient> absent = new LinkedHashSet<>();
  private final Map<FakeWorker, Long> leftAt = new HashMap<>();
  private long now = 1;
  private final RecordedTaskSpans spans = new RecordedTaskSpans();
  private int coordinators;
  private long lastNumber;
  private long instances;

  RandomCluster(long seed) {
    random = new Random(seed);
    reports = new RandomReports(random);
    start();
    for (int i = 0; i < POOLS; i++) {
      RandomClient client = new RandomClient("p" + i, 1 + random.nextInt(6));
      clients.put(client.pool, client);
      create(client);
    }
  }

  private void start() {
    coordinators++;
    scheduler = new Scheduler(SchedulerLimits.DEFAULTS, this, spans, now);
    scheduler.openSession(now, "s", "random", "local");
    order = new StartOrder(poolIds);
    elsewhere = new Elsewhere();
  }

  private void create(RandomClient client) {
    scheduler.createPool(now, "s", client.pool, client.spec(), client.resume());
    absent.remove(client);
    follow(client);
  }

  /** The coordinator is lost; workers and clients come to the next one when they like. */
  private void restart() {
    links.values().forEach(this::leave);
    away.forEach(FakeWorker::loseCoordinator);
    links.clear();
    followers.clear();
    poolIds.clear();
    lost.clear();
    old.clear();
    late.clear();
    start();
    clients.values().stream().filter(client -> !client.ended).forEach(absent::add);
  }

  private Placement placement() {
    return random.nextBoolean() ? elsewhere : Placement.IN_MESSAGE;
  }

  private boolean isHere(RandomClient client) {
    return !client.ended && !absent.contains(client);
  }

  private void leave(FakeWorker worker) {
    leftAt.put(worker, now);
    away.add(worker);
  }

  Collection<RandomClient> clients() {
    return clients.values();
  }

  void step() {
    now += random.nextInt(400) * 1_000_000L;
    switch (random.nextInt(14)) {
      case 0, 1, 2 -> submit(anyClient());
      case 3 -> workerComes();
      case 4, 5, 6, 7 -> withReports(reports::finishSome);
      case 8 -> withReports(reports::giveBackSome);
      case 9 -> withReports(reports::fail);
      case 10 -> withReports(reports::credit);
      case 11 -> mishap();
      case 12 -> cancel(anyClient());
      default -> links.values().forEach(worker -> report(worker, worker.message().build()));
    }
    flush();
  }

  private void flush() {
    scheduler.tick(now);
    scheduler.flush(now);
    order.check(scheduler);
    scheduler.checkInvariants();
    late.forEach(Runnable::run);
    late.clear();
  }

  private RandomClient anyClient() {
    return clients.get("p" + random.nextInt(POOLS));
  }

  private void submit(RandomClient client) {
    if (absent.contains(client)) {
      create(client);
    } else if (!client.ended) {
      TaskBatch batch = traced(client.nextBatch(random));
      SubmitRequest request =
          SubmitRequest.newBuilder()
              .setPoolId(client.pool)
              .addFunctions(Fixture.function())
              .addBatches(batch)
              .build();
      if (scheduler.submit(now, 1, request, placement()).hasRejected()) {
        client.takeBack(batch);
      }
    }
  }

  /** Some batches belong to a trace. */
  private static TaskBatch traced(TaskBatch batch) {
    TraceContext trace =
        TraceContext.newBuilder()
            .setTraceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
            .build();
    return batch.getFirstIndex() % 3 == 0 ? batch.toBuilder().setTrace(trace).build() : batch;
  }

  private void workerComes() {
    if (!away.isEmpty() && random.nextBoolean()) {
      FakeWorker back = away.remove(random.nextInt(away.size()));
      attach(back);
      late.add(() -> tellWhatWasLost(back));
    } else if (links.size() + away.size() < WORKERS) {
      attach(new FakeWorker("w" + instances++, 1 + random.nextInt(5), Map.of()));
    }
  }

  private void attach(FakeWorker worker) {
    boolean outOfLease = now - leftAt.getOrDefault(worker, now) >= LEASE_NANOS;
    if (outOfLease) {
      worker.fence();
    }
    worker.brought.forEach((pool, tasks) -> order.adopt(pool, tasks.keySet()));
    worker.intact = !outOfLease && !lost.containsKey(worker);
    worker.link = ++lastNumber;
    links.put(worker.link, worker);
    Registered answer =
        Registered.newBuilder()
            .setEpoch(worker.link)
            .setCoordinatorId("coordinator-" + coordinators)
            .build();
    scheduler.attach(now, worker.link, "local", worker.registration(), answer, 0);
  }

  /** What the worker told while it was away arrives when nobody waits for it any more. */
  private void tellWhatWasLost(FakeWorker worker) {
    List<AttachRequest> messages = lost.remove(worker);
    if (messages != null && links.get(worker.link) == worker) {
      messages.forEach(message -> report(worker, message));
    }
  }

  private void withWorker(Consumer<FakeWorker> action) {
    List<FakeWorker> connected = List.copyOf(links.values());
    if (!connected.isEmpty()) {
      action.accept(connected.get(random.nextInt(connected.size())));
    }
  }

  private void withReports(Function<FakeWorker, List<AttachRequest>> made) {
    withWorker(worker -> made.apply(worker).forEach(message -> report(worker, message)));
  }

  private void report(FakeWorker worker, AttachRequest message) {
    if (message.getFinishedCount() > 0) {
      old.add(message);
    }
    scheduler.report(now, worker.link, message, placement());
  }

  private void mishap() {
    switch (random.nextInt(9)) {
      case 8 -> {
        if (random.nextInt(4) == 0) {
          restart();
        }
      }
      case 0 -> withWorker(worker -> disconnect(worker, true));
      case 1 -> withWorker(worker -> disconnect(worker, false));
      case 2 -> now += Duration.ofSeconds(random.nextInt(15)).toNanos();
      case 3 -> withWorker(this::repeatSomethingOld);
      case 4 -> withWorker(this::lie);
      case 5 -> withReports(reports::executorFails);
      case 6 -> {
        RandomClient client = anyClient();
        if (random.nextInt(10) == 0 && isHere(client)) {
          scheduler.terminatePool(now, client.pool);
        }
      }
      default -> follow(anyClient());
    }
  }

  /** Outcomes of long ago, perhaps of another worker, come again. */
  private void repeatSomethingOld(FakeWorker worker) {
    if (old.isEmpty()) {
      return;
    }
    scheduler.report(now, worker.link, old.get(random.nextInt(old.size())), placement());
  }

  /** A worker tells of what another one holds. */
  private void lie(FakeWorker liar) {
    for (FakeWorker other : links.values()) {
      if (other != liar) {
        reports
            .lie(other)
            .forEach(message -> scheduler.report(now, liar.link, message, placement()));
      }
    }
  }

  /** The worker loses its connection, and perhaps all it held as well. */
  private void disconnect(FakeWorker worker, boolean comesBack) {
    links.remove(worker.link);
    scheduler.workerDisconnected(worker.link);
    if (comesBack) {
      if (random.nextInt(3) == 0) {
        List<AttachRequest> messages = lost.computeIfAbsent(worker, none -> new ArrayList<>());
        worker.held.forEach(
            (pool, tasks) -> messages.add(worker.finish(pool, List.copyOf(tasks.keySet()))));
      }
      leave(worker);
    }
  }

  private void follow(RandomClient client) {
    if (isHere(client)) {
      client.call = ++lastNumber;
      followers.put(client.call, client);
      scheduler.follow(now, client.call, client.pool, client.cursor);
    }
  }

  private void cancel(RandomClient client) {
    if (client.submitted > 0 && isHere(client)) {
      long first = (long) (random.nextDouble() * client.submitted);
      IndexRange range =
          IndexRange.newBuilder().setFirst(first).setCount(1 + random.nextInt(5)).build();
      CancelMode mode =
          random.nextBoolean() ? CancelMode.CANCEL_MODE_KILL : CancelMode.CANCEL_MODE_QUEUED_ONLY;
      scheduler.cancel(now, client.pool, List.of(range), mode);
    }
  }

  /** No more mishaps: one big worker runs everything, all pools are closed. */
  void healAndFinish() {
    List.copyOf(absent).forEach(this::create);
    for (RandomClient client : clients.values()) {
      while (!client.pending.isEmpty() && !client.ended) {
        submit(client);
      }
      if (!client.ended) {
        scheduler.closePool(now, client.pool);
      }
    }
    attach(new FakeWorker("healer", 8, Map.of()));
    for (int round = 0; round < 400; round++) {
      now += Duration.ofMillis(200).toNanos();
      for (FakeWorker worker : List.copyOf(links.values())) {
        report(worker, worker.finishAll());
      }
      flush();
    }
  }

  /** At rest nobody holds anything. */
  void checkAtRest() {
    spans.check();
    scheduler
        .status(now, 0)
        .workers()
        .forEach(
            worker -> {
              if (worker.getBusy() != 0) {
                throw new AssertionError("a slot is taken by nobody: " + worker);
              }
            });
    scheduler.closeSession("s");
    scheduler.flush(now);
    if (elsewhere.kept() != 0 || scheduler.heldBytes() != 0) {
      throw new AssertionError("payload is kept that nobody needs");
    }
    if (!scheduler.status(now, 0).pools().isEmpty()) {
      throw new AssertionError("a pool is left");
    }
  }

  @Override
  public boolean send(long link, AttachResponse message) {
    FakeWorker worker = links.get(link);
    message.getOpenedList().forEach(opened -> poolIds.put(opened.getPool(), opened.getPoolId()));
    if (worker != null) {
      message.getStartList().forEach(this::noteStart);
      worker.receive(message);
    }
    return true;
  }

  private void noteStart(StartAttempts start) {
    order.add(start);
    RandomClient client = clients.get(poolIds.get(start.getPool()));
    long first = start.getBatch().getFirstIndex();
    for (int i = 0; i < start.getBatch().getJava().getSizesCount(); i++) {
      client.attempts.put(first + i, start.getAttempt());
    }
  }

  @Override
  public void endLink(long link, String message) {
    FakeWorker worker = links.remove(link);
    if (worker != null) {
      // Its lease has run out: it has killed everything, and comes back as it is.
      late.add(
          () -> {
            worker.fence();
            leave(worker);
          });
    }
  }

  @Override
  public boolean deliver(long call, ResultsResponse message) {
    RandomClient client = followers.get(call);
    if (client.call != call) {
      throw new AssertionError("a superseded call gets results");
    }
    client.take(message);
    if (random.nextBoolean()) {
      late.add(() -> scheduler.acknowledgeResults(now, client.pool, client.cursor));
    }
    return true;
  }

  @Override
  public void completeResults(long call) {
    followers.remove(call);
  }

  @Override
  public void supersedeResults(long call) {
    followers.remove(call);
  }

  @Override
  public boolean print(long call, ReadTaskOutputResponse message) {
    throw new AssertionError("nobody reads output here");
  }

  @Override
  public void completePrint(long call) {
    throw new AssertionError("nobody reads output here");
  }

  @Override
  public void joined(long call, JoinPoolResponse response) {
    throw new AssertionError("nobody joins here");
  }
}
