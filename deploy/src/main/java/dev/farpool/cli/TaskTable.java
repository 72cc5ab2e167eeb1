package dev.farpool.cli;

import com.google.protobuf.Timestamp;
import dev.farpool.v1.ListTasksResponse;
import dev.farpool.v1.TaskStatus;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Tasks for people. */
final class TaskTable {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

  private TaskTable() {}

  static String of(ListTasksResponse tasks) {
    String counts = String.format("%d wait, %d run%n", tasks.getWaiting(), tasks.getRunning());
    if (tasks.getTasksCount() == 0) {
      return "no such tasks; " + counts;
    }
    Columns table =
        new Columns(
            "TASK", "POOL", "STATE", "TRY", "WORKER", "PID", "QUEUED", "STARTED", "RAN", "WHY");
    for (TaskStatus task : tasks.getTasksList()) {
      table.row(
          name(task),
          task.getPoolName(),
          StatusTable.word(task.getState()),
          task.getAttempt(),
          task.getWorker(),
          task.getPid() == 0 ? "" : Long.toString(task.getPid()),
          task.hasQueuedAt() ? clock(task.getQueuedAt()) : "",
          task.hasStartedAt() ? clock(task.getStartedAt()) : "",
          task.hasRan() ? Spans.text(task.getRan()) : "",
          firstLine(task.getMessage()));
    }
    String more = tasks.getNextCursor().isEmpty() ? "" : "; there are more tasks, see --limit";
    return table + counts.stripTrailing() + more + "\n";
  }

  /** As commands take it: {@code 3f2a81bc/17}, or {@code 3f2a81bc/17-99} for several. */
  static String name(TaskStatus task) {
    String first = PoolName.of(task).shortId() + "/" + task.getIndex();
    return task.getCount() > 1 ? first + "-" + (task.getIndex() + task.getCount() - 1) : first;
  }

  static String clock(Timestamp time) {
    return CLOCK.format(Instant.ofEpochSecond(time.getSeconds(), time.getNanos()));
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
