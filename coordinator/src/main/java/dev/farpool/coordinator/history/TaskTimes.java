package dev.farpool.coordinator.history;

import dev.farpool.v1.TaskStatus;

/**
 * When things happened to a task, on the coordinator's clock; {@link #UNKNOWN} where it is not
 * known or has not happened.
 *
 * @param queuedNanos when it was submitted
 * @param startedNanos when its current or last attempt was started
 * @param endedNanos when it ended
 * @param ranNanos how long that attempt has been running, or ran
 */
public record TaskTimes(long queuedNanos, long startedNanos, long endedNanos, long ranNanos) {
  /** Not a time. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  /** Of a task that waits. */
  public static TaskTimes queued(long queuedNanos) {
    return new TaskTimes(queuedNanos, UNKNOWN, UNKNOWN, UNKNOWN);
  }

  void addTo(TaskStatus.Builder status, WallTime wall) {
    if (queuedNanos != UNKNOWN) {
      status.setQueuedAt(wall.at(queuedNanos));
    }
    if (startedNanos != UNKNOWN) {
      status.setStartedAt(wall.at(startedNanos));
    }
    if (endedNanos != UNKNOWN) {
      status.setEndedAt(wall.at(endedNanos));
    }
    if (ranNanos != UNKNOWN) {
      status.setRan(WallTime.span(ranNanos));
    }
  }
}
