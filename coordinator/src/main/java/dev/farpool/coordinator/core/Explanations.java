package dev.farpool.coordinator.core;

import dev.farpool.v1.ExplainTaskResponse;
import dev.farpool.v1.WorkerStatus;
import java.util.Map;

/** Says in a sentence what a task does or waits for. */
final class Explanations {
  private final WorkerTable workers;
  private final PoolTable pools;
  private final Settling settling;

  Explanations(WorkerTable workers, PoolTable pools, Settling settling) {
    this.workers = workers;
    this.pools = pools;
    this.settling = settling;
  }

  /**
   * Lets pass only tasks that there are, or were.
   *
   * @throws Refusal for another index
   */
  static void requireKnown(Pool pool, long index) {
    if (!pool.queue.knows(index)) {
      throw new Refusal(
          Refusal.Reason.INVALID_ARGUMENT,
          "index must be below " + pool.queue.known() + ", the number of tasks, not " + index);
    }
  }

  ExplainTaskResponse ofTask(Pool pool, long index, long nowNanos) {
    requireKnown(pool, index);
    Slab slab = pool.queue.find(index);
    ExplainTaskResponse.Builder answer = ExplainTaskResponse.newBuilder();
    if (pool.queue.isMissing(index)) {
      return answer
          .setState(ExplainTaskResponse.State.STATE_WAITING)
          .setExplanation(missing(pool))
          .build();
    }
    if (slab == null || slab.hasOutcome(index)) {
      return answer
          .setState(ExplainTaskResponse.State.STATE_ENDED)
          .setExplanation("it has its outcome")
          .build();
    }
    if (slab.isWaiting(index)) {
      return answer
          .setState(ExplainTaskResponse.State.STATE_WAITING)
          .setAttempts(slab.lostAttempts(index))
          .setExplanation(waiting(pool, slab, index, nowNanos))
          .build();
    }
    return answer
        .setState(ExplainTaskResponse.State.STATE_RUNNING)
        .setAttempts(slab.attempt(index))
        .setExplanation(held(pool, slab, index))
        .build();
  }

  /** What a pool that has not ended waits for. */
  String ofPool(Pool pool, long nowNanos) {
    if (!pool.queue.isComplete()) {
      return missing(pool);
    }
    if (pool.queue.waiting() > 0) {
      return count(pool.queue.waiting(), "task") + " wait: " + ofHead(pool, nowNanos);
    }
    return pool.unfinished == 0
        ? "it waits for tasks"
        : count(pool.unfinished, "task") + " run: " + holders(pool);
  }

  /** Why the oldest waiting task of a pool waits; empty when none waits. */
  String ofHead(Pool pool, long nowNanos) {
    return ofHead(pool, survey(), nowNanos);
  }

  /** A look around that serves for all pools, until something changes. */
  Survey survey() {
    return new Survey(workers.all(), pools.known());
  }

  String ofHead(Pool pool, Survey survey, long nowNanos) {
    if (!pool.queue.isComplete()) {
      return missing(pool);
    }
    Slab head = pool.queue.head();
    if (head != null) {
      return head(pool, head, survey);
    }
    return pool.queue.isGated() ? settling.explain(pool.id, nowNanos) : "";
  }

  private static String missing(Pool pool) {
    return "the coordinator was restarted; the pool's client has to submit "
        + count(pool.queue.missing().count(), "task")
        + " again";
  }

  private String waiting(Pool pool, Slab slab, long index, long nowNanos) {
    long before = pool.queue.waitingBefore(index);
    if (before == 0) {
      return pool.queue.isGated() && !pool.queue.isReturned(index)
          ? ofHead(pool, nowNanos)
          : head(pool, slab, survey());
    }
    return "behind "
        + count(before, "task")
        + " of its pool, of which the first waits: "
        + ofHead(pool, nowNanos);
  }

  private String head(Pool pool, Slab slab, Survey survey) {
    if (pool.isAtLimit()) {
      return "its pool has reached its limit of " + count(pool.spec.getProcesses(), "process");
    }
    if (workers.all().isEmpty()) {
      return "no worker is connected";
    }
    Survey.Fitting fitting = survey.fitting(pool, slab.terms);
    if (fitting.workers() == 0) {
      return unfit(pool, slab.terms);
    }
    return fitting.available() == 0
        ? unavailable(pool, slab.terms)
        : busy(slab, fitting.slots(), survey.poolsBefore(slab.arrival));
  }

  private static String busy(Slab slab, int slots, int older) {
    String wanted =
        slab.terms.cores() == 1
            ? "every slot of the workers that could run it is taken, " + slots + " in all"
            : "no worker has " + slab.terms.cores() + " free slots at the same time yet";
    return older == 0
        ? wanted
        : wanted + "; older tasks of " + count(older, "other pool") + " go first";
  }

  private String unfit(Pool pool, Terms terms) {
    int most = 0;
    boolean banned = false;
    for (Worker worker : workers.all()) {
      Fitness fitness = Fitness.of(worker, pool, terms);
      banned |= fitness == Fitness.BANNED;
      most = Math.max(most, fitness == Fitness.LACKS_CORES ? worker.cores() : 0);
    }
    if (banned) {
      return "executors of the pool failed to start on every worker; it is tried again soon";
    }
    String labels = labels(terms.labels());
    return most == 0
        ? "no worker has " + labels
        : "no worker"
            + (terms.labels().isEmpty() ? "" : " with " + labels)
            + " has "
            + terms.cores()
            + " cores, the largest has "
            + most;
  }

  private static String count(long number, String noun) {
    String plural = noun.endsWith("s") ? noun + "es" : noun + "s";
    return number + " " + (number == 1 ? noun : plural);
  }

  private static String labels(Map<String, String> labels) {
    StringBuilder text = new StringBuilder(labels.size() == 1 ? "label" : "labels");
    labels.forEach((key, value) -> text.append(' ').append(key).append('=').append(value));
    return text.toString();
  }

  private String unavailable(Pool pool, Terms terms) {
    for (Worker worker : workers.all()) {
      if (Fitness.of(worker, pool, terms) == Fitness.FITS) {
        return "worker " + worker.name() + state(worker) + ", and no other could run it";
      }
    }
    throw new IllegalStateException("a worker fits and does not");
  }

  private static String state(Worker worker) {
    return switch (worker.state()) {
      case STATE_SUSPECT -> " is suspect: nothing was heard of it for some time";
      case STATE_DISCONNECTED -> " has lost its connection and may come back";
      case STATE_DRAINING -> " drains";
      default -> " takes what was sent to it only slowly";
    };
  }

  private String held(Pool pool, Slab slab, long index) {
    Worker worker = workers.numbered(slab.holder(index));
    Allotment allotment = pool.allotments.get(worker);
    String place = "worker " + worker.name() + " on " + worker.host() + " has it";
    if (worker.state() != WorkerStatus.State.STATE_ACTIVE) {
      return place + "; it" + state(worker);
    }
    return allotment.hasPrefetched() ? place + ", running or as one of the next" : place;
  }

  private String holders(Pool pool) {
    StringBuilder text = new StringBuilder();
    for (Allotment allotment : pool.allotments.values()) {
      if (!allotment.isIdle()) {
        Worker worker = allotment.worker;
        text.append(text.isEmpty() ? "" : ", ")
            .append(allotment.narrowTasks() + allotment.wideTasks())
            .append(" on worker ")
            .append(worker.name());
        if (!worker.isAvailable()) {
          text.append(", which").append(state(worker));
        }
      }
    }
    return text.toString();
  }
}
