package dev.farpool.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.PoolStatus;
import dev.farpool.v1.WorkerStatus;
import java.time.Instant;
import java.util.Locale;
import java.util.TreeMap;

/**
 * The status of a cluster for programs: the contract's fields in camel case, with counts as JSON
 * numbers, spans in seconds, times in ISO 8601 and states in lower case.
 */
final class StatusJson {
  private static final double NANOS = 1e9;

  private StatusJson() {}

  static String of(GetStatusResponse status) {
    JsonObject json = new JsonObject();
    json.addProperty("coordinatorVersion", status.getCoordinatorVersion());
    json.addProperty("coordinatorId", status.getCoordinatorId());
    json.addProperty("uptimeSeconds", seconds(status.getUptime()));
    json.addProperty("sessions", status.getSessions());
    json.add("workers", workers(status));
    json.add("pools", pools(status));
    return text(json);
  }

  static String ofWorkers(GetStatusResponse status) {
    JsonObject json = new JsonObject();
    json.add("workers", workers(status));
    return text(json);
  }

  static String ofPools(GetStatusResponse status) {
    JsonObject json = new JsonObject();
    json.add("pools", pools(status));
    return text(json);
  }

  /** What tells a pool from others. */
  static JsonObject naming(PoolStatus pool) {
    JsonObject json = new JsonObject();
    json.addProperty("poolId", pool.getPoolId());
    json.addProperty("name", pool.getName());
    return json;
  }

  static String text(JsonObject json) {
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json);
  }

  private static JsonArray workers(GetStatusResponse status) {
    JsonArray workers = new JsonArray();
    status.getWorkersList().forEach(worker -> workers.add(worker(worker)));
    return workers;
  }

  private static JsonArray pools(GetStatusResponse status) {
    JsonArray pools = new JsonArray();
    status.getPoolsList().forEach(pool -> pools.add(pool(pool)));
    return pools;
  }

  private static JsonObject worker(WorkerStatus worker) {
    JsonObject json = new JsonObject();
    json.addProperty("name", worker.getName());
    json.addProperty("host", worker.getHost());
    json.addProperty("pid", worker.getPid());
    json.addProperty("epoch", worker.getEpoch());
    json.addProperty("state", StatusTable.word(worker.getState()));
    json.addProperty("cores", worker.getCores());
    json.addProperty("busy", worker.getBusy());
    JsonObject labels = new JsonObject();
    new TreeMap<>(worker.getLabelsMap()).forEach(labels::addProperty);
    json.add("labels", labels);
    json.addProperty("version", worker.getVersion());
    json.addProperty("registeredAt", time(worker.getRegisteredAt()));
    json.addProperty("lastHeardSeconds", seconds(worker.getLastHeard()));
    return json;
  }

  private static JsonObject pool(PoolStatus pool) {
    JsonObject json = naming(pool);
    json.addProperty("client", pool.getClient());
    json.addProperty("state", StatusTable.word(pool.getState()));
    json.addProperty(
        "mode", pool.getMode().name().replace("POOL_MODE_", "").toLowerCase(Locale.ROOT));
    json.addProperty("processes", pool.getProcesses());
    json.addProperty("waiting", pool.getWaiting());
    json.addProperty("running", pool.getRunning());
    json.addProperty("succeeded", pool.getSucceeded());
    json.addProperty("failed", pool.getFailed());
    json.addProperty("waitingFor", pool.getWaitingFor());
    json.addProperty("createdAt", time(pool.getCreatedAt()));
    return json;
  }

  static double seconds(Duration span) {
    return span.getSeconds() + span.getNanos() / NANOS;
  }

  static String time(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString();
  }
}
