package dev.farpool.coordinator.grpc;

import dev.farpool.coordinator.core.TaskCursor;
import dev.farpool.coordinator.core.TaskQuery;
import dev.farpool.v1.ListTasksRequest;
import dev.farpool.v1.TaskStatus;
import java.util.EnumSet;
import java.util.Set;

/** What questions about tasks must be. */
final class TaskCheck {
  private static final int USUAL_PAGE = 100;
  private static final int LARGEST_PAGE = 1000;

  private TaskCheck() {}

  /** One task. */
  static void task(String poolId, long index) {
    Check.notEmpty(poolId, "pool_id");
    Check.index(index, "index");
  }

  /** Checks what is to be listed, and reads it. */
  static TaskQuery query(ListTasksRequest request) {
    Check.range(request.getPageSize(), 0, LARGEST_PAGE, "page_size");
    Set<TaskStatus.State> states = EnumSet.noneOf(TaskStatus.State.class);
    for (int i = 0; i < request.getStatesCount(); i++) {
      TaskStatus.State state = request.getStates(i);
      Check.require(isListed(state), "states[" + i + "]", "must be a state of listed tasks");
      states.add(state);
    }
    TaskCursor from =
        request.getCursor().isEmpty() ? TaskCursor.START : TaskCursor.parse(request.getCursor());
    Check.require(from != null, "cursor", "must be empty or the next_cursor of an answer");
    int pageSize = request.getPageSize() == 0 ? USUAL_PAGE : request.getPageSize();
    return new TaskQuery(request.getPoolId(), states, pageSize, from);
  }

  private static boolean isListed(TaskStatus.State state) {
    return switch (state) {
      case STATE_WAITING, STATE_RUNNING, STATE_SUCCEEDED, STATE_FAILED, STATE_CANCELLED -> true;
      default -> false;
    };
  }
}
