package dev.farpool.simulation.check;

import dev.farpool.simulation.work.TaskScript;
import dev.farpool.simulation.work.TaskTerms;
import java.util.ArrayList;
import java.util.List;

/** What is known of one task. */
public final class TaskFacts {
  private final PoolFacts pool;
  private final TaskScript script;
  private final TaskTerms terms;
  final List<Run> runs = new ArrayList<>();
  private long index = -1;
  private long overSince = -1;
  boolean cancelAcknowledged;
  boolean cancelAsked;

  TaskFacts(PoolFacts pool, TaskScript script, TaskTerms terms) {
    this.pool = pool;
    this.script = script;
    this.terms = terms;
  }

  /** Its pool. */
  public PoolFacts pool() {
    return pool;
  }

  /** What it does. */
  public TaskScript script() {
    return script;
  }

  /** What was asked for. */
  public TaskTerms terms() {
    return terms;
  }

  /** Its index in its pool; -1 before it has one. */
  public long index() {
    return index;
  }

  void setIndex(long index) {
    this.index = index;
  }

  /** Whether its outcome was delivered. */
  public boolean isOver() {
    return overSince >= 0;
  }

  void setOver(long now) {
    overSince = now;
  }

  /** Its user wants it to be cancelled. */
  public void askCancel() {
    cancelAsked = true;
  }

  boolean mayStartOnce() {
    return terms.atMostOnce() || pool.plan().ofProcesses();
  }

  /** When its outcome was delivered. */
  long overSince() {
    return overSince;
  }

  @Override
  public String toString() {
    return "task " + script.tag() + " (index " + index + " of pool " + pool.id() + ")";
  }
}
