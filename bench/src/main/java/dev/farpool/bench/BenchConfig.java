package dev.farpool.bench;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What to measure.
 *
 * @param coordinator the addresses of a running cluster; empty for an embedded one
 * @param processes how many tasks run at a time: 1 to 1,000,000
 * @param workloads names as in {@link Bench#workloads}, in the order to run them
 * @param tasks how many tasks, items or calls a round has; empty for each workload's own number
 * @param warmUp how many rounds are run before those that count: 0 to 1,000
 * @param repeat how many rounds count: 1 to 1,000
 */
public record BenchConfig(
    Optional<String> coordinator,
    int processes,
    List<String> workloads,
    OptionalInt tasks,
    int warmUp,
    int repeat) {
  private static final int MAX_ROUNDS = 1_000;
  private static final int MAX_TASKS = 100_000_000;

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
    workloads = List.copyOf(workloads);
    for (String name : workloads) {
      if (!Bench.workloads().containsKey(name)) {
        throw new IllegalArgumentException(
            "workload must be one of " + Bench.workloads().keySet() + ", not " + name);
      }
    }
  }

  private static void check(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " must be " + least + " to " + most + ", not " + value);
    }
  }
}
