package dev.farpool.coordinator.console;

import com.google.gson.stream.JsonWriter;
import dev.farpool.v1.PoolSlots;
import dev.farpool.v1.TaskStatus;
import dev.farpool.v1.WorkerActivity;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What the slots of a worker do, as short as it can be said: it is asked for every second. */
final class SlotsJson {
  private static final int MOST_RUNNING = 64;
  private static final int MOST_RECENT = 64;
  private static final int MOST_POOLS = 8;

  private SlotsJson() {}

  static void writeFields(JsonWriter json, WorkerActivity worker) throws IOException {
    json.name("pools").beginArray();
    for (PoolSlots pool : first(worker.getPoolsList(), MOST_POOLS)) {
      MessageJson.write(json, pool);
    }
    json.endArray();
    writeTasks(json.name("running"), first(worker.getRunningList(), MOST_RUNNING));
    writeTasks(json.name("recent"), first(worker.getRecentList(), MOST_RECENT));
  }

  private static <T> List<T> first(List<T> all, int most) {
    return all.subList(0, Math.min(all.size(), most));
  }

  private static void writeTasks(JsonWriter json, List<TaskStatus> tasks) throws IOException {
    json.beginArray();
    for (TaskStatus task : tasks) {
      json.beginObject();
      json.name("poolId").value(task.getPoolId());
      json.name("poolName").value(task.getPoolName());
      json.name("index").value(task.getIndex());
      json.name("attempt").value(task.getAttempt());
      json.name("state")
          .value(task.getState().name().substring("STATE_".length()).toLowerCase(Locale.ROOT));
      json.name("pid").value(task.getPid());
      json.name("startMillis").value(MessageJson.millis(task.getStartedAt()));
      if (task.hasEndedAt()) {
        json.name("endMillis").value(MessageJson.millis(task.getEndedAt()));
      }
      json.endObject();
    }
    json.endArray();
  }
}
