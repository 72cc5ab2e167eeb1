package dev.farpool.coordinator.core;

import com.google.protobuf.ByteString;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.AttemptsFinished;
import dev.farpool.v1.AttemptsReturned;
import dev.farpool.v1.Heartbeat;
import dev.farpool.v1.HeldAttempts;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.OutputTaken;
import dev.farpool.v1.PoolOpened;
import dev.farpool.v1.PoolReleased;
import dev.farpool.v1.Register;
import dev.farpool.v1.ResultBlock;
import dev.farpool.v1.RunningAttempt;
import dev.farpool.v1.StartAttempts;
import dev.farpool.v1.StopAttempts;
import dev.farpool.v1.TaskResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A worker as the scheduler sees it, and what it was sent. */
final class FakeWorker {
  final String name;
  final String instance;
  int cores;
  final Map<String, String> labels;
  long link;
  String lastCoordinator = "";
  boolean intact;

  /** What it holds of pools that its present coordinator has not opened, by pool id. */
  final Map<String, NavigableMap<Long, Integer>> brought = new LinkedHashMap<>();

  private final Map<String, Integer> broughtSlots = new LinkedHashMap<>();
  final List<String> forgotten = new ArrayList<>();

  /** The tasks it holds, by pool number and index, with the attempt. */
  final Map<Long, NavigableMap<Long, Integer>> held = new LinkedHashMap<>();

  /** The slots each pool has here. */
  final Map<Long, Integer> slots = new LinkedHashMap<>();

  final Map<Long, String> poolIds = new LinkedHashMap<>();
  final List<AttachResponse> received = new ArrayList<>();
  final List<Long> startOrder = new ArrayList<>();
  final List<StopAttempts> stops = new ArrayList<>();
  final List<PoolReleased> released = new ArrayList<>();
  private long sequence;

  FakeWorker(String name, int cores, Map<String, String> labels) {
    this.name = name;
    this.instance = name + "-instance";
    this.cores = cores;
    this.labels = labels;
  }

  Register registration() {
    Register.Builder register =
        Register.newBuilder()
            .setName(name)
            .setInstanceId(instance)
            .setHost("host-of-" + name)
            .setCores(cores)
            .putAllLabels(labels)
            .setLastCoordinatorId(lastCoordinator)
            .setIntact(intact);
    held.forEach(
        (pool, tasks) -> {
          if (!tasks.isEmpty()) {
            String id = poolIds.get(pool);
            register.addHeld(held(id, tasks).setSlots(slots.getOrDefault(pool, 0)));
          }
        });
    brought.forEach(
        (id, tasks) ->
            register.addHeld(held(id, tasks).setSlots(broughtSlots.getOrDefault(id, 0))));
    return register.build();
  }

  private static HeldAttempts.Builder held(String poolId, NavigableMap<Long, Integer> tasks) {
    return HeldAttempts.newBuilder()
        .setPoolId(poolId)
        .addAllIndexes(tasks.keySet())
        .addAllAttempts(tasks.values());
  }

  /** Its lease has run out: it ends all it has, and tells nothing of it. */
  void fence() {
    held.clear();
    brought.clear();
    intact = false;
  }

  /** Its coordinator is lost: it keeps what it has, and the numbers of pools mean nothing more. */
  void loseCoordinator() {
    held.forEach(
        (pool, tasks) -> {
          if (!tasks.isEmpty()) {
            brought.put(poolIds.get(pool), tasks);
            broughtSlots.put(poolIds.get(pool), slots.getOrDefault(pool, 0));
          }
        });
    held.clear();
    poolIds.clear();
    slots.clear();
  }

  void receive(AttachResponse message) {
    received.add(message);
    if (message.hasRegistered()) {
      lastCoordinator = message.getRegistered().getCoordinatorId();
    }
    for (PoolOpened opened : message.getOpenedList()) {
      poolIds.put(opened.getPool(), opened.getPoolId());
      NavigableMap<Long, Integer> tasks = brought.remove(opened.getPoolId());
      if (tasks != null) {
        held(opened.getPool()).putAll(tasks);
        slots.put(opened.getPool(), broughtSlots.getOrDefault(opened.getPoolId(), 0));
      }
    }
    message.getStartList().forEach(this::start);
    for (StopAttempts stop : message.getStopList()) {
      stops.add(stop);
    }
    released.addAll(message.getReleasedList());
    for (String id : message.getForgottenList()) {
      if (brought.remove(id) == null) {
        throw new AssertionError("a pool is forgotten that is open: " + id);
      }
      forgotten.add(id);
    }
  }

  private void start(StartAttempts start) {
    if (!poolIds.containsKey(start.getPool())) {
      throw new AssertionError("a task of a pool that was not opened");
    }
    slots.put(start.getPool(), start.getSlots());
    long first = start.getBatch().getFirstIndex();
    for (long index = first; index < first + count(start); index++) {
      startOrder.add(index);
      held(start.getPool()).put(index, start.getAttempt());
    }
  }

  private static int count(StartAttempts start) {
    return switch (start.getBatch().getTasksCase()) {
      case JAVA ->
          start.getBatch().getJava().hasArgumentBlob()
              ? 1
              : start.getBatch().getJava().getSizesCount();
      case STATIC_METHODS -> start.getBatch().getStaticMethods().getCallsCount();
      case COMMANDS -> start.getBatch().getCommands().getCommandsCount();
      case TASKS_NOT_SET -> throw new AssertionError("a start without tasks");
    };
  }

  NavigableMap<Long, Integer> held(long pool) {
    return held.computeIfAbsent(pool, none -> new TreeMap<>());
  }

  /** The tasks of the only pool. */
  List<Long> indexes() {
    List<Long> indexes = new ArrayList<>();
    held.values().forEach(tasks -> indexes.addAll(tasks.keySet()));
    return indexes;
  }

  AttachRequest.Builder message() {
    return AttachRequest.newBuilder().setSequence(++sequence);
  }

  /** Reports results of tasks it holds and forgets them. The result is the attempt's number. */
  AttachRequest finish(long pool, List<Long> indexes) {
    AttemptsFinished.Builder finished = AttemptsFinished.newBuilder().setPool(pool);
    ResultBlock.Builder block = ResultBlock.newBuilder();
    byte[] values = new byte[indexes.size()];
    for (int i = 0; i < values.length; i++) {
      int attempt = held(pool).remove(indexes.get(i));
      block.addIndexes(indexes.get(i)).addSizes(1);
      finished.addBlockAttempts(attempt);
      values[i] = (byte) attempt;
    }
    block.setValues(ByteString.copyFrom(values));
    return message().addFinished(finished.setBlock(block)).build();
  }

  AttachRequest finishAll() {
    AttachRequest.Builder message = message();
    for (long pool : List.copyOf(held.keySet())) {
      message.addAllFinished(finish(pool, List.copyOf(held(pool).keySet())).getFinishedList());
    }
    return message.build();
  }

  /** Reports one outcome that is not a small result. */
  AttachRequest end(long pool, TaskResult result) {
    int attempt = held(pool).remove(result.getIndex());
    return message()
        .addFinished(
            AttemptsFinished.newBuilder()
                .setPool(pool)
                .addResults(result)
                .addResultAttempts(attempt))
        .build();
  }

  AttachRequest giveBack(long pool, List<Long> indexes) {
    AttemptsReturned.Builder returned = AttemptsReturned.newBuilder().setPool(pool);
    for (long index : indexes) {
      returned.addIndexes(index).addAttempts(held(pool).remove(index));
    }
    return message().addReturned(returned).build();
  }

  /** Tells what it has been running for how long, of the pools it has. */
  AttachRequest heartbeat(long elapsedNanos) {
    Heartbeat.Builder heartbeat = Heartbeat.newBuilder();
    held.forEach(
        (pool, tasks) ->
            tasks.forEach(
                (index, attempt) ->
                    heartbeat.addRunning(
                        RunningAttempt.newBuilder()
                            .setPool(pool)
                            .setIndex(index)
                            .setAttempt(attempt)
                            .setPid(1000 + index)
                            .setElapsedNanos(elapsedNanos))));
    return message().setHeartbeat(heartbeat).build();
  }

  /** How much of its output it was told was taken. */
  long outputTaken() {
    return received.stream()
        .flatMap(message -> message.getOutputTakenList().stream())
        .mapToLong(OutputTaken::getBytes)
        .sum();
  }

  /** The tasks that it was told to stop, of one pool. */
  List<Long> stopped() {
    List<Long> indexes = new ArrayList<>();
    for (StopAttempts stop : stops) {
      for (IndexRange range : stop.getTasksList()) {
        for (long index = range.getFirst(); index < range.getFirst() + range.getCount(); index++) {
          indexes.add(index);
        }
      }
    }
    return indexes;
  }
}
