package dev.farpool.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.farpool.v1.Failure;
import dev.farpool.v1.ListTasksResponse;
import dev.farpool.v1.TaskStatus;
import java.util.Locale;

/** Tasks for programs, in the manner of {@link StatusJson}; what is not known is left out. */
final class TaskJson {
  private TaskJson() {}

  static String of(ListTasksResponse tasks) {
    JsonObject json = new JsonObject();
    JsonArray array = new JsonArray();
    tasks.getTasksList().forEach(task -> array.add(of(task)));
    json.add("tasks", array);
    json.addProperty("waiting", tasks.getWaiting());
    json.addProperty("running", tasks.getRunning());
    json.addProperty("more", !tasks.getNextCursor().isEmpty());
    return StatusJson.text(json);
  }

  private static JsonObject of(TaskStatus task) {
    JsonObject json = new JsonObject();
    json.addProperty("poolId", task.getPoolId());
    json.addProperty("pool", task.getPoolName());
    json.addProperty("index", task.getIndex());
    json.addProperty("count", task.getCount());
    json.addProperty("state", StatusTable.word(task.getState()));
    json.addProperty("attempt", task.getAttempt());
    json.addProperty("worker", task.getWorker());
    json.addProperty("host", task.getHost());
    if (task.getPid() != 0) {
      json.addProperty("pid", task.getPid());
    }
    addTimes(json, task);
    addEnding(json, task);
    return json;
  }

  private static void addTimes(JsonObject json, TaskStatus task) {
    if (task.hasQueuedAt()) {
      json.addProperty("queuedAt", StatusJson.time(task.getQueuedAt()));
    }
    if (task.hasStartedAt()) {
      json.addProperty("startedAt", StatusJson.time(task.getStartedAt()));
    }
    if (task.hasEndedAt()) {
      json.addProperty("endedAt", StatusJson.time(task.getEndedAt()));
    }
    if (task.hasRan()) {
      json.addProperty("ranSeconds", StatusJson.seconds(task.getRan()));
    }
  }

  private static void addEnding(JsonObject json, TaskStatus task) {
    if (task.getFailureKind() != Failure.Kind.KIND_UNSPECIFIED) {
      json.addProperty(
          "failureKind",
          task.getFailureKind().name().replace("KIND_", "").toLowerCase(Locale.ROOT));
    }
    if (task.getExit().hasCode()) {
      json.addProperty("exitCode", task.getExit().getCode());
    } else if (task.getExit().hasSignal()) {
      json.addProperty("signal", task.getExit().getSignal());
    }
    if (!task.getMessage().isEmpty()) {
      json.addProperty("message", task.getMessage());
    }
  }
}
