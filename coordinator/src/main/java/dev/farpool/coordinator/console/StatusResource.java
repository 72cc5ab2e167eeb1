package dev.farpool.coordinator.console;

import com.google.gson.stream.JsonWriter;
import dev.farpool.common.HostPort;
import dev.farpool.v1.ActivityInterval;
import dev.farpool.v1.GetActivityResponse;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.PoolStatus;
import dev.farpool.v1.WorkerActivity;
import dev.farpool.v1.WorkerStatus;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code /api/status}: the cluster in figures, and a window of its workers and pools, since nobody
 * looks at a thousand at a time.
 *
 * <p>Parameters: {@code find}, a text that rows must have; {@code workersFrom} and {@code
 * poolsFrom}, how many rows to leave out; {@code rows}, how many of each to give, at most 100.
 */
final class StatusResource implements Resource {
  /** Of a worker that has come since the activity was asked for. */
  private static final WorkerActivity IDLE = WorkerActivity.getDefaultInstance();

  private static final int ROWS = 20;
  private static final int MOST_ROWS = 100;
  private static final int MOST = 10_000_000;

  private final ClusterCalls cluster;
  private final HostPort coordinator;

  /**
   * @param coordinator where workers and clients reach it
   */
  StatusResource(ClusterCalls cluster, HostPort coordinator) {
    this.cluster = cluster;
    this.coordinator = coordinator;
  }

  @Override
  public HttpReply answer(HttpRequest request) {
    if (!request.path().isEmpty()) {
      throw new HttpRefusal(HttpRefusal.NOT_FOUND, "there is nothing below /api/status");
    }
    int rows = request.number("rows", ROWS, MOST_ROWS);
    String find = request.text("find").toLowerCase(Locale.ROOT).strip();
    GetStatusResponse status = cluster.status(request);
    GetActivityResponse activity = cluster.activity(request);
    Window<WorkerStatus> workers =
        Window.of(
            status.getWorkersList(),
            worker -> find.isEmpty() || has(worker, find),
            request.number("workersFrom", 0, MOST),
            rows);
    Window<PoolStatus> pools =
        Window.of(
            status.getPoolsList(),
            pool -> find.isEmpty() || has(pool, find),
            request.number("poolsFrom", 0, MOST),
            rows);
    return HttpReply.json(
        Json.of(
            json -> {
              json.name("caller").beginObject();
              json.name("name").value(request.caller().name());
              json.name("role").value(request.caller().role().name().toLowerCase(Locale.ROOT));
              json.endObject();
              writeCoordinator(json, status, activity);
              Totals.of(status).write(json.name("totals"));
              Map<String, WorkerActivity> slots = byWorker(activity);
              workers.write(
                  json.name("workers"),
                  worker -> writeWorker(json, worker, slots.getOrDefault(worker.getName(), IDLE)));
              pools.write(json.name("pools"), pool -> MessageJson.write(json, pool));
            }));
  }

  private static boolean has(WorkerStatus worker, String find) {
    String labels = worker.getLabelsMap().toString();
    return has(List.of(worker.getName(), worker.getHost(), worker.getState().name(), labels), find);
  }

  private static boolean has(PoolStatus pool, String find) {
    return has(
        List.of(pool.getPoolId(), pool.getName(), pool.getClient(), pool.getState().name()), find);
  }

  private static boolean has(List<String> texts, String find) {
    return texts.stream().anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(find));
  }

  private void writeCoordinator(
      JsonWriter json, GetStatusResponse status, GetActivityResponse activity) throws IOException {
    json.name("coordinator").beginObject();
    json.name("address").value(coordinator.toString());
    json.name("id").value(status.getCoordinatorId());
    json.name("version").value(status.getCoordinatorVersion());
    json.name("uptimeSeconds").value(MessageJson.seconds(status.getUptime()));
    json.name("sessions").value(status.getSessions());
    int last = activity.getIntervalsCount() - 1;
    if (last >= 0) {
      ActivityInterval open = activity.getIntervals(last);
      // What the other times of this answer are to be compared with.
      json.name("nowMillis").value(MessageJson.endMillis(open.getStart(), open.getLength()));
    }
    json.endObject();
  }

  private static Map<String, WorkerActivity> byWorker(GetActivityResponse activity) {
    Map<String, WorkerActivity> byWorker = new HashMap<>();
    activity.getWorkersList().forEach(worker -> byWorker.put(worker.getWorker(), worker));
    return byWorker;
  }

  private static void writeWorker(JsonWriter json, WorkerStatus worker, WorkerActivity activity)
      throws IOException {
    json.beginObject();
    MessageJson.writeFields(json, worker);
    SlotsJson.writeFields(json, activity);
    json.endObject();
  }
}
