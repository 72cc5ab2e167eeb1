package dev.farpool.cli;

import com.google.protobuf.Duration;
import dev.farpool.common.HostPort;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.PoolStatus;
import dev.farpool.v1.WorkerStatus;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;
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
    text.append('\n').append(workers(status));
    text.append('\n').append(pools(status, PoolNames::name));
    return text.toString();
  }

  static String workers(GetStatusResponse status) {
    if (status.getWorkersCount() == 0) {
      return "no workers: start one with \"farpool worker --coordinator HOST:PORT\"\n";
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
    return table.toString();
  }

  /**
   * The pools.
   *
   * @param named how to call each
   */
  static String pools(GetStatusResponse status, Function<PoolStatus, String> named) {
    if (status.getPoolsCount() == 0) {
      return "no pools\n";
    }
    Columns table =
        new Columns(
            "POOL", "STATE", "PROCESSES", "WAITING", "RUNNING", "DONE", "FAILED", "CLIENT", "WHY");
    for (PoolStatus pool : status.getPoolsList()) {
      table.row(
          named.apply(pool),
          word(pool.getState()),
          pool.getProcesses(),
          pool.getWaiting(),
          pool.getRunning(),
          pool.getSucceeded(),
          pool.getFailed(),
          pool.getClient(),
          pool.getWaitingFor());
    }
    return table.toString();
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
