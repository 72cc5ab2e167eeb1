package dev.farpool.simulation.check;

import dev.farpool.simulation.node.Observer;
import dev.farpool.simulation.time.Timeline;
import dev.farpool.simulation.work.PoolPlan;
import dev.farpool.simulation.work.TaskScript;
import dev.farpool.simulation.work.TaskTerms;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who runs what, as executors really do it: tasks are not started twice where that was asked for,
 * attempts do not overlap, and slots are not oversubscribed.
 */
public final class Ledger implements Observer {
  /** How long killing an executor may take. */
  private static final long KILL_NANOS = 50_000_000;

  private static final long CROSSING_NANOS = 10_000_000_000L;

  private final Timeline timeline;
  private final boolean undisturbed;
  private final Map<String, PoolFacts> pools = new LinkedHashMap<>();
  private final Map<Integer, TaskFacts> tasks = new HashMap<>();
  private final List<Run> runs = new ArrayList<>();
  private final Map<String, Integer> capacity = new HashMap<>();
  private final Map<String, Integer> busy = new HashMap<>();
  private boolean restarted;
  private Violation violation;

  /**
   * @param undisturbed whether nothing goes wrong, so that everything must be in strict order
   */
  public Ledger(Timeline timeline, boolean undisturbed) {
    this.timeline = timeline;
    this.undisturbed = undisturbed;
  }

  /** The first thing that was found; null if all is well. */
  public Violation violation() {
    return violation;
  }

  /** Something must not be as it is. */
  public void violated(String invariant, String text) {
    if (violation == null) {
      violation = new Violation(invariant, text);
      timeline.note("VIOLATION", invariant, text);
    }
  }

  /** Whether nothing goes wrong. */
  boolean isUndisturbed() {
    return undisturbed;
  }

  /** Another coordinator takes over. */
  public void restarted() {
    restarted = true;
  }

  long now() {
    return timeline.now();
  }

  /** Numbers what happens in one go. */
  long turn() {
    return timeline.happened();
  }

  /** A pool was created. */
  public PoolFacts pool(PoolPlan plan, String id) {
    PoolFacts pool = new PoolFacts(plan, id);
    pools.put(id, pool);
    return pool;
  }

  /** The pool; null if there is none. */
  PoolFacts pool(String id) {
    return pools.get(id);
  }

  /** All pools. */
  public Collection<PoolFacts> pools() {
    return pools.values();
  }

  /** A task is about to be submitted. */
  public TaskFacts task(PoolFacts pool, TaskScript script, TaskTerms terms) {
    TaskFacts task = new TaskFacts(pool, script, terms);
    tasks.put(script.tag(), task);
    pool.add(task);
    return task;
  }

  /** The task; null if it was never submitted. */
  public TaskFacts task(int tag) {
    return tasks.get(tag);
  }

  /** How often tasks' code was started. */
  public int runs() {
    return runs.size();
  }

  Run run(int number) {
    return number < 0 || number >= runs.size() ? null : runs.get(number);
  }

  /** A worker process has begun its life. */
  public void worker(String instance, int cores) {
    capacity.put(instance, cores);
  }

  @Override
  public int started(String instance, int tag, int attempt) {
    TaskFacts task = tasks.get(tag);
    Run run = new Run(runs.size(), task, instance, attempt, timeline.now());
    runs.add(run);
    if (task.mayStartOnce() && !task.runs.isEmpty()) {
      violated("I6", task + " must start once, and starts again: " + task.runs + ", " + run);
    }
    boolean unwanted =
        task.cancelAsked || task.pool().isTerminateAsked() || task.pool().isAbandoned();
    // Another coordinator may have handed it out before the worker's old report came.
    boolean crossed = restarted && timeline.now() - task.overSince() < CROSSING_NANOS;
    if (task.isOver() && !unwanted && !crossed) {
      violated("I5", task + " has its outcome and is started again: " + task.runs + ", " + run);
    }
    task.runs.add(run);
    int used = busy.merge(instance, task.terms().cores(), Integer::sum);
    if (used > capacity.get(instance)) {
      violated("I9", "worker " + instance + " runs " + used + " cores' tasks with " + run);
    }
    if (undisturbed) {
      checkOrder(task);
    }
    task.pool().running++;
    return run.number;
  }

  private void checkOrder(TaskFacts task) {
    PoolFacts pool = task.pool();
    if (pool.running >= pool.plan().processes()) {
      violated("I8", task + " starts while as many run as its pool has processes");
    }
    if (pool.plan().processes() == 1 && task.runs.size() == 1) {
      if (task.index() < pool.lastStarted && !pool.gaveBack) {
        violated("I8", task + " starts after index " + pool.lastStarted);
      }
      pool.lastStarted = task.index();
    }
  }

  @Override
  public void ended(String instance, int number, boolean died) {
    Run run = runs.get(number);
    run.end = timeline.now();
    run.died = died;
    busy.merge(instance, -run.task.terms().cores(), Integer::sum);
    run.task.pool().running--;
    for (Run other : run.task.runs) {
      if (other != run) {
        checkOverlap(other, run);
      }
    }
  }

  private void checkOverlap(Run a, Run b) {
    long end = Math.min(timeline.now(), Math.min(a.end, b.end));
    long overlap = end - Math.max(a.start, b.start);
    if (overlap > KILL_NANOS) {
      violated("I7", a.task + " runs twice for " + overlap / 1000 + " µs: " + a + ", " + b);
    }
  }

  /** Looks at those that still run. */
  public void checkRunning() {
    for (Run run : runs) {
      if (run.isRunning()) {
        violated("rest", run.task + " still runs: " + run);
      }
    }
  }

  @Override
  public void broken(String what, Throwable thrown) {
    String text = what;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      text += " ← " + cause;
      if (cause.getCause() == null) {
        text +=
            " at "
                + List.of(cause.getStackTrace())
                    .subList(0, Math.min(8, cause.getStackTrace().length));
      }
    }
    violated("exception", text);
  }
}
