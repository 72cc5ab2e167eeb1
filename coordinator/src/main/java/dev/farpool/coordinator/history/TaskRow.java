package dev.farpool.coordinator.history;

import dev.farpool.v1.TaskStatus;

/**
 * A task as it is listed.
 *
 * @param pool the one it belongs to
 * @param status all but the times
 */
public record TaskRow(PoolKey pool, TaskStatus status, TaskTimes times) {
  /** The whole of it. */
  public TaskStatus at(WallTime wall) {
    TaskStatus.Builder whole = status.toBuilder();
    times.addTo(whole, wall);
    return whole.build();
  }

  /** Whether a task is this one, or one of these. */
  public boolean isOf(PoolKey key, long index) {
    return index >= status.getIndex()
        && index < status.getIndex() + status.getCount()
        && pool.equals(key);
  }
}
