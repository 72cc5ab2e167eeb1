package dev.farpool.bench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What to measure.
 *
 * @param coordinator the addresses of a running cluster; empty for an embedded one
 * @param processes how many tasks run at a time: 1 to 1,000,000
 * @param workloads names as in {@link Bench#workloads}, in the order to run them; empty for all
 *     that make sense on the cluster
 * @param tasks how many tasks, items or calls a round has; empty for each workload's own number
 * @param warmUp how many rounds are run before those that count: 0 to 1,000
 * @param repeat how many rounds count: 1 to 1,000
 * @param pids processes of a running cluster whose CPU time and memory are to be told, by the name
 *     to tell them under
 */
public record BenchConfig(
    Optional<String> coordinator,
    int processes,
    List<String> workloads,
    OptionalInt tasks,
    int warmUp,
    int repeat,
    Map<String, Long> pids) {
  private static final int MAX_ROUNDS = 1_000;
  private static final int MAX_TASKS = 100_000_000;
  private static final Pattern PROCESS_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,19}");

  /**
   * Checks all parts.
   *
   * @throws IllegalArgumentException that names the wrong one
   */
  public BenchConfig {
    check("processes", processes, 1, 1_000_000);
    check("warm-up", warmUp, 0, MAX_ROUNDS);
    check("repeat", repeat, 1, MAX_ROUNDS);
    tasks.ifPresent(number -> check("tasks", number, 1, MAX_TASKS));
    pids = Collections.unmodifiableMap(new LinkedHashMap<>(pids));
    pids.keySet().forEach(BenchConfig::checkProcessName);
    boolean running = coordinator.isPresent();
    workloads.forEach(name -> checkWorkload(name, running));
    workloads = List.copyOf(workloads.isEmpty() ? all(running) : workloads);
  }

  private static void checkProcessName(String name) {
    if (!PROCESS_NAME.matcher(name).matches() || ProcessMeter.OWN_NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "pids must be like worker=456, with a name of letters and digits other than "
              + String.join(" and ", ProcessMeter.OWN_NAMES)
              + ", not "
              + name);
    }
  }

  private static void checkWorkload(String name, boolean running) {
    if (!Bench.workloads().containsKey(name)) {
      throw new IllegalArgumentException(
          "workload must be one of " + Bench.workloads().keySet() + ", not " + name);
    }
    if (running && !Bench.runsOnRunningClusters(name)) {
      throw new IllegalArgumentException(
          "workload " + name + " starts clusters of its own; run it without a coordinator");
    }
  }

  private static List<String> all(boolean running) {
    return Bench.workloads().keySet().stream()
        .filter(name -> !running || Bench.runsOnRunningClusters(name))
        .toList();
  }

  private static void check(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " must be " + least + " to " + most + ", not " + value);
    }
  }
}
