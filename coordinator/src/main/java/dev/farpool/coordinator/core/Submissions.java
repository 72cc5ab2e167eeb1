package dev.farpool.coordinator.core;

import com.google.protobuf.Duration;
import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.Rejection;
import dev.farpool.v1.SubmitRequest;
import dev.farpool.v1.SubmitResponse;
import dev.farpool.v1.TaskBatch;
import java.util.List;
import java.util.Map;

/** Takes tasks into the queues: a request as a whole, or not at all. */
final class Submissions {
  private static final int MOST_CORES = 100_000;
  private static final Duration RETRY_AFTER = Duration.newBuilder().setNanos(100_000_000).build();

  private final SchedulerLimits limits;
  private final Held held;
  private final QueueTimeouts timeouts;
  private final Adoptions adoptions;
  private final Settling settling;
  private final Dispatcher dispatcher;
  private final Counters counters;
  private final Traces traces;
  private long arrivals;

  Submissions(
      SchedulerLimits limits,
      Held held,
      QueueTimeouts timeouts,
      Adoptions adoptions,
      Settling settling,
      Dispatcher dispatcher,
      Counters counters,
      Traces traces) {
    this.limits = limits;
    this.held = held;
    this.timeouts = timeouts;
    this.adoptions = adoptions;
    this.settling = settling;
    this.dispatcher = dispatcher;
    this.counters = counters;
    this.traces = traces;
  }

  SubmitResponse submit(Pool pool, SubmitRequest request, Placement placement, long nowNanos) {
    Rejection rejection = check(pool, request);
    if (rejection == null) {
      request.getFunctionsList().forEach(pool::define);
      boolean complete = pool.queue.isComplete();
      for (TaskBatch batch : request.getBatchesList()) {
        if (batch.getFirstIndex() == pool.queue.end()) {
          append(pool, batch, placement, nowNanos);
        }
      }
      if (!complete && pool.queue.isComplete()) {
        adoptions.arrived(pool);
      }
      dispatcher.touch(pool);
    }
    return answer(pool, rejection);
  }

  private void append(Pool pool, TaskBatch batch, Placement placement, long nowNanos) {
    Terms terms = pool.terms(batch.getOptions());
    long nextIndex = pool.queue.resumption.nextIndex;
    // What waits for workers to come back could not be started.
    long since =
        batch.getFirstIndex() < nextIndex ? settling.earliest(pool.id, nowNanos) : nowNanos;
    Payload payload = Payload.of(batch, placement);
    SlabTrace trace = traces.of(batch, payload.count(), nowNanos);
    Slab slab = new Slab(batch.getFirstIndex(), arrivals++, terms, payload, trace, nowNanos, since);
    pool.queue.append(slab);
    counters.add(Count.TASKS_SUBMITTED, slab.count());
    pool.unfinished += slab.end() - Math.max(slab.first, Math.min(slab.end(), nextIndex));
    timeouts.add(pool, slab);
  }

  private static SubmitResponse answer(Pool pool, Rejection rejection) {
    SubmitResponse.Builder response =
        SubmitResponse.newBuilder().setPoolId(pool.id).setNextIndex(pool.queue.end());
    return rejection == null ? response.build() : response.setRejected(rejection).build();
  }

  private Rejection check(Pool pool, SubmitRequest request) {
    Rejection unwanted = wasAccepted(pool, request) ? null : checkRoom(pool);
    if (unwanted != null) {
      return unwanted;
    }
    long next = pool.queue.end();
    for (int i = 0; i < request.getBatchesCount(); i++) {
      TaskBatch batch = request.getBatches(i);
      Rejection wrong = check(pool, batch, "batches[" + i + "]", next, request.getFunctionsList());
      if (wrong != null) {
        return wrong;
      }
      long end = batch.getFirstIndex() + count(batch);
      next = Math.max(next, pool.queue.resumption.skipFinished(end));
    }
    return null;
  }

  /** Whether the pool and the coordinator take more tasks. */
  private Rejection checkRoom(Pool pool) {
    if (!pool.isRunning()) {
      return reject(
          Rejection.Reason.REASON_NOT_RUNNING,
          "pool_id",
          "Pool not running: pool " + pool.label() + " accepts no more tasks");
    }
    if (!pool.queue.isComplete()) {
      return null; // Nothing of it runs before all is there again, so waiting would free nothing.
    }
    if (held.heapBytes() > limits.maxHeldBytes()) {
      return overloaded("waiting tasks and results take " + held.heapBytes() + " bytes of memory");
    }
    if (pool.held.heapBytes() > limits.maxHeldBytes() / 4 * 3) {
      return overloaded("this pool's take " + pool.held.heapBytes() + " bytes of memory");
    }
    return held.tasks() > limits.maxHeldTasks()
        ? overloaded(limits.maxHeldTasks() + " tasks wait or run")
        : null;
  }

  private Rejection overloaded(String why) {
    counters.add(Count.SUBMITS_OVERLOADED, 1);
    String full = "the coordinator is full: " + why + "; repeat later";
    return reject(Rejection.Reason.REASON_OVERLOADED, "", full).toBuilder()
        .setRetryAfter(RETRY_AFTER)
        .build();
  }

  /** Whether all of it was accepted before, by this coordinator or by one that was lost. */
  private static boolean wasAccepted(Pool pool, SubmitRequest request) {
    long accepted = Math.max(pool.queue.end(), pool.queue.resumption.nextIndex);
    for (TaskBatch batch : request.getBatchesList()) {
      if (batch.getFirstIndex() + count(batch) > accepted) {
        return false;
      }
    }
    return true;
  }

  private static Rejection check(
      Pool pool, TaskBatch batch, String path, long next, List<FunctionDefinition> news) {
    long end = batch.getFirstIndex() + count(batch);
    if (batch.getFirstIndex() != next && end > next) {
      return invalid(path + ".first_index", "must be " + next + ", not " + batch.getFirstIndex());
    }
    if (end > next && pool.queue.resumption.hasFinished(batch.getFirstIndex(), end)) {
      return invalid(
          path + ".first_index",
          "begins a batch with tasks of resumed.finished: they have their outcome");
    }
    int function = batch.getJava().getFunction();
    if (batch.hasJava() && !pool.hasFunction(function) && !defines(news, function)) {
      return invalid(path + ".java.function", "must be defined, " + function + " is not");
    }
    return checkFeasible(pool, batch, path);
  }

  private static boolean defines(List<FunctionDefinition> news, int number) {
    for (FunctionDefinition function : news) {
      if (function.getNumber() == number) {
        return true;
      }
    }
    return false;
  }

  private static Rejection checkFeasible(Pool pool, TaskBatch batch, String path) {
    Terms terms = pool.terms(batch.getOptions());
    if (terms.cores() > MOST_CORES || terms.cores() < 0) {
      return reject(
          Rejection.Reason.REASON_INFEASIBLE,
          path + ".options.cores",
          "no worker can have " + Integer.toUnsignedString(terms.cores()) + " cores");
    }
    for (Map.Entry<String, String> label : pool.spec.getLabelsMap().entrySet()) {
      String wanted = terms.labels().get(label.getKey());
      if (!label.getValue().equals(wanted)) {
        return reject(
            Rejection.Reason.REASON_INFEASIBLE,
            path + ".options.labels",
            String.format(
                "no worker can have label %s=%s, as the batch asks, and %s=%s, as its pool does",
                label.getKey(), wanted, label.getKey(), label.getValue()));
      }
    }
    return null;
  }

  private static int count(TaskBatch batch) {
    return switch (batch.getTasksCase()) {
      case JAVA -> batch.getJava().hasArgumentBlob() ? 1 : batch.getJava().getSizesCount();
      case STATIC_METHODS -> batch.getStaticMethods().getCallsCount();
      case COMMANDS -> batch.getCommands().getCommandsCount();
      case TASKS_NOT_SET -> 0;
    };
  }

  private static Rejection invalid(String field, String must) {
    return reject(Rejection.Reason.REASON_INVALID, field, field + " " + must);
  }

  private static Rejection reject(Rejection.Reason reason, String field, String message) {
    return Rejection.newBuilder().setReason(reason).setField(field).setMessage(message).build();
  }
}
