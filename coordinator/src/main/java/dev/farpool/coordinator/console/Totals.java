package dev.farpool.coordinator.console;

import com.google.gson.stream.JsonWriter;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.PoolStatus;
import dev.farpool.v1.WorkerStatus;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * The cluster as a whole.
 *
 * @param workers how many are in each state
 * @param cores of all workers
 * @param busy how many of the cores are taken
 * @param waiting tasks of all pools
 * @param running tasks of all pools
 * @param succeeded tasks of the pools that are there
 * @param failed tasks of the pools that are there
 */
record Totals(
    Map<WorkerStatus.State, Integer> workers,
    long cores,
    long busy,
    long waiting,
    long running,
    long succeeded,
    long failed) {

  static Totals of(GetStatusResponse status) {
    Map<WorkerStatus.State, Integer> workers = new EnumMap<>(WorkerStatus.State.class);
    long cores = 0;
    long busy = 0;
    for (WorkerStatus worker : status.getWorkersList()) {
      workers.merge(worker.getState(), 1, Integer::sum);
      cores += worker.getCores();
      busy += worker.getBusy();
    }
    long waiting = 0;
    long running = 0;
    long succeeded = 0;
    long failed = 0;
    for (PoolStatus pool : status.getPoolsList()) {
      waiting += pool.getWaiting();
      running += pool.getRunning();
      succeeded += pool.getSucceeded();
      failed += pool.getFailed();
    }
    return new Totals(workers, cores, busy, waiting, running, succeeded, failed);
  }

  void write(JsonWriter json) throws IOException {
    json.beginObject();
    json.name("workersByState").beginObject();
    for (Map.Entry<WorkerStatus.State, Integer> state : workers.entrySet()) {
      json.name(state.getKey().name().substring("STATE_".length()).toLowerCase(Locale.ROOT))
          .value(state.getValue());
    }
    json.endObject();
    json.name("cores").value(cores);
    json.name("busy").value(busy);
    json.name("waiting").value(waiting);
    json.name("running").value(running);
    json.name("succeeded").value(succeeded);
    json.name("failed").value(failed);
    json.endObject();
  }
}
