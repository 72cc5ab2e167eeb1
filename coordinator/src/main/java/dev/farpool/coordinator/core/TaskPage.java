package dev.farpool.coordinator.core;

import dev.farpool.coordinator.history.TaskRow;
import dev.farpool.coordinator.history.WallTime;
import dev.farpool.v1.ListTasksResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of a listing that is being filled. It ends when it has enough rows, or when enough was
 * looked at to find them: meanwhile the scheduler does nothing else.
 */
final class TaskPage {
  static final int MOST_LOOKS = 200_000;

  private final List<TaskRow> rows = new ArrayList<>();
  private final int most;
  private int looks = MOST_LOOKS;
  private TaskCursor next;

  TaskPage(int most) {
    this.most = most;
  }

  /** Spends a look at something; whether there was one left. */
  boolean look() {
    return looks-- > 0;
  }

  /** Adds a row; whether it fits. */
  boolean add(TaskRow row) {
    return rows.size() < most && rows.add(row);
  }

  int room() {
    return most - rows.size();
  }

  /** Nothing more is added: the next page begins there. */
  void endBefore(TaskCursor cursor) {
    next = cursor;
  }

  boolean hasEnded() {
    return next != null;
  }

  ListTasksResponse.Builder toMessage(WallTime wall) {
    ListTasksResponse.Builder message = ListTasksResponse.newBuilder();
    rows.forEach(row -> message.addTasks(row.at(wall)));
    return next == null ? message : message.setNextCursor(next.toString());
  }
}
