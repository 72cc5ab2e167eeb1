package dev.farpool.coordinator.core;

import dev.farpool.coordinator.history.History;
import dev.farpool.coordinator.history.WallTime;
import dev.farpool.v1.GetActivityResponse;
import dev.farpool.v1.GetTaskResponse;
import dev.farpool.v1.ListTasksResponse;

/**
 * Shows the state of a {@link Scheduler}, and what it remembers, to those who look; of pools that
 * are not theirs, nothing. Asking changes nothing. Each method throws a {@link Refusal} where there
 * is nothing to show. To be used only while the scheduler may be.
 */
public final class Insight {
  private final TaskListing listing;
  private final TaskDetails details;
  private final OutputReaders readers;
  private final ActivityReport activity;

  Insight(
      Effects effects,
      WorkerTable workers,
      PoolTable pools,
      Explanations explanations,
      History history) {
    Sight sight = new Sight(pools, history);
    this.listing = new TaskListing(workers, pools, sight, history);
    this.details = new TaskDetails(workers, pools, explanations, sight, history);
    this.readers = new OutputReaders(effects, pools, details, history);
    this.activity = new ActivityReport(workers, pools, history);
  }

  /** A page of tasks. */
  public ListTasksResponse list(Scope scope, TaskQuery query, WallTime wall) {
    return listing.list(scope, query, wall);
  }

  /** All that is known of a task. */
  public GetTaskResponse task(Scope scope, String poolId, long index, WallTime wall) {
    return details.of(scope, poolId, index, wall);
  }

  /** What happened, all but whose coordinator it is; intervals from a number on. */
  public GetActivityResponse.Builder activity(long since, WallTime wall) {
    return activity.of(since, wall);
  }

  /** Begins to send to a call what a task printed; with {@code follow} until the task has ended. */
  public void readOutput(long call, Scope scope, String poolId, long index, boolean follow) {
    readers.open(call, scope, poolId, index, follow);
  }

  /** The peer of such a call takes more. */
  public void outputReady(long call) {
    readers.ready(call);
  }

  /** Such a call is no more. */
  public void outputEnded(long call) {
    readers.remove(call);
  }

  void tick(long nowNanos) {
    activity.tick(nowNanos);
  }

  void flush() {
    readers.deliver();
  }
}
