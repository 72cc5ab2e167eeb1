package dev.farpool.cli;

import com.google.protobuf.Duration;
import dev.farpool.common.HostPort;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.PoolStatus;
import dev.farpool.v1.WorkerStatus;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The status of a cluster for people. */
final class StatusTable {
  private StatusTable() {}

  static String of(HostPort address, GetStatusResponse status) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "coordinator %s  version %s  up %s  %s%n",
            address,
            status.getCoordinatorVersion(),
            age(status.getUptime()),
            counted(status.getSessions(), "session")));
    text.append(workers(status)).append(pools(status));
    return text.toString();
  }

  private static String workers(GetStatusResponse status) {
    if (status.getWorkersCount() == 0) {
      return String.format(
          "%nno workers: start one with \"farpool worker --coordinator HOST:PORT\"%n");
    }
    Columns table =
        new Columns("WORKER", "HOST", "PID", "STATE", "BUSY", "CORES", "HEARD", "LABELS");
    for (WorkerStatus worker : status.getWorkersList()) {
      table.row(
          worker.getName(),
          worker.getHost(),
          worker.getPid(),
          word(worker.getState()),
          worker.getBusy(),
          worker.getCores(),
          age(worker.getLastHeard()) + " ago",
          labels(worker));
    }
    return "\n" + table;
  }

  private static String pools(GetStatusResponse status) {
    if (status.getPoolsCount() == 0) {
      return String.format("%nno pools%n");
    }
    Columns table =
        new Columns(
            "POOL", "STATE", "PROCESSES", "WAITING", "RUNNING", "DONE", "FAILED", "CLIENT", "WHY");
    for (PoolStatus pool : status.getPoolsList()) {
      table.row(
          pool.getName().isEmpty() ? pool.getPoolId() : pool.getName(),
          word(pool.getState()),
          pool.getProcesses(),
          pool.getWaiting(),
          pool.getRunning(),
          pool.getSucceeded(),
          pool.getFailed(),
          pool.getClient(),
          pool.getWaitingFor());
    }
    return "\n" + table;
  }

  /** {@code STATE_ACTIVE} as {@code active}. */
  static String word(Enum<?> state) {
    return state.name().replaceFirst("^[A-Z]+_", "").toLowerCase(Locale.ROOT);
  }

  /** The largest two units of a time span: {@code 3 h 12 min}. */
  static String age(Duration span) {
    long seconds = span.getSeconds();
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }

  private static String counted(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private static String labels(WorkerStatus worker) {
    return new TreeMap<>(worker.getLabelsMap())
        .entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(","));
  }
}
