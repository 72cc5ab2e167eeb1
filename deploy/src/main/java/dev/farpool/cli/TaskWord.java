package dev.farpool.cli;

import dev.farpool.v1.TaskStatus;
import java.util.Locale;

/** The states of tasks that can be asked for, as people write them. */
enum TaskWord {
  WAITING(TaskStatus.State.STATE_WAITING),
  RUNNING(TaskStatus.State.STATE_RUNNING),
  SUCCEEDED(TaskStatus.State.STATE_SUCCEEDED),
  FAILED(TaskStatus.State.STATE_FAILED),
  CANCELLED(TaskStatus.State.STATE_CANCELLED);

  private final TaskStatus.State state;

  TaskWord(TaskStatus.State state) {
    this.state = state;
  }

  TaskStatus.State state() {
    return state;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
