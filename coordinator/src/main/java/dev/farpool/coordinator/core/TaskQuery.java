package dev.farpool.coordinator.core;

import dev.farpool.coordinator.history.TaskRow;
import dev.farpool.v1.TaskStatus;
import java.util.Set;

/**
 * Which tasks are to be listed.
 *
 * @param poolId only those of this pool; empty for all
 * @param states only those in these states; empty for all
 * @param pageSize at most so many rows
 * @param from where to go on
 */
public record TaskQuery(
    String poolId, Set<TaskStatus.State> states, int pageSize, TaskCursor from) {
  boolean wants(TaskStatus.State state) {
    return states.isEmpty() || states.contains(state);
  }

  boolean wants(TaskRow ended) {
    return wants(ended.status().getState());
  }
}
