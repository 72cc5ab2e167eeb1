package dev.farpool.simulation.check;

import dev.farpool.simulation.work.PoolPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is known of one pool. */
public final class PoolFacts {
  private final PoolPlan plan;
  private final String id;
  private final Map<Long, TaskFacts> byIndex = new HashMap<>();
  private final List<TaskFacts> tasks = new ArrayList<>();
  private boolean terminateAsked;
  private boolean abandoned;
  private boolean ended;
  int running;
  long lastStarted = -1;

  /** Whether a worker gave something back: others may have been on their way to it then. */
  boolean gaveBack;

  PoolFacts(PoolPlan plan, String id) {
    this.plan = plan;
    this.id = id;
  }

  /** What is done with it. */
  public PoolPlan plan() {
    return plan;
  }

  /** Names it in the cluster. */
  public String id() {
    return id;
  }

  /** The tasks that were submitted, in this order. */
  public List<TaskFacts> tasks() {
    return tasks;
  }

  /** The task with this index; null if there is none. */
  TaskFacts task(long index) {
    return byIndex.get(index);
  }

  void add(TaskFacts task) {
    tasks.add(task);
  }

  /** The task was not submitted after all. */
  public void withdraw(TaskFacts task) {
    tasks.remove(task);
  }

  /** The task has this index now. */
  public void indexed(TaskFacts task, long index) {
    byIndex.remove(task.index(), task);
    task.setIndex(index);
    byIndex.put(index, task);
  }

  /** Its user wants it to end at once. */
  public void askTerminate() {
    terminateAsked = true;
  }

  boolean isTerminateAsked() {
    return terminateAsked;
  }

  /** Its client is gone; nobody is owed anything any more. */
  public void abandon() {
    abandoned = true;
  }

  /** Whether its client is gone. */
  public boolean isAbandoned() {
    return abandoned;
  }

  void setEnded() {
    ended = true;
  }

  /** Whether its user was told of its end. */
  public boolean hasEnded() {
    return ended;
  }
}
