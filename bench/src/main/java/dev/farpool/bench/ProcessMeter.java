package dev.farpool.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what processes use: this one, those the user named, and the executors below them. Embedded,
 * this one is client, coordinator and worker at once.
 */
final class ProcessMeter {
  private static final String CLIENT = "client";
  private static final String EXECUTORS = "executors";

  /** Names that no other process may have. */
  static final List<String> OWN_NAMES = List.of(CLIENT, EXECUTORS);

  private static final double MILLION = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double KIB_PER_MIB = 1024;

  private final Map<String, ProcessHandle> named;
  private final ProcFiles files;

  private ProcessMeter(Map<String, ProcessHandle> named, ProcFiles files) {
    this.named = named;
    this.files = files;
  }

  /**
   * @param pids by the name to report them under
   * @throws IllegalArgumentException if there is no such process
   */
  static ProcessMeter of(Map<String, Long> pids, ProcFiles files) {
    Map<String, ProcessHandle> named = new LinkedHashMap<>();
    named.put(CLIENT, ProcessHandle.current());
    pids.forEach((name, pid) -> named.put(name, handle(name, pid)));
    return new ProcessMeter(named, files);
  }

  private static ProcessHandle handle(String name, long pid) {
    return ProcessHandle.of(pid)
        .orElseThrow(
            () -> new IllegalArgumentException("there is no process " + pid + " for " + name));
  }

  /** The CPU time of each process so far. */
  Map<ProcessHandle, Duration> cpu() {
    Map<ProcessHandle, Duration> used = new HashMap<>();
    for (List<ProcessHandle> group : groups().values()) {
      for (ProcessHandle process : group) {
        process.info().totalCpuDuration().ifPresent(time -> used.put(process, time));
      }
    }
    return used;
  }

  /**
   * What so many tasks took, as far as the system tells.
   *
   * @param before what {@link #cpu} gave before them
   */
  List<Figure> figures(Map<ProcessHandle, Duration> before, int tasks) {
    Map<ProcessHandle, Duration> after = cpu();
    List<Figure> figures = new ArrayList<>();
    groups()
        .forEach(
            (name, group) -> {
              if (after.keySet().containsAll(group)) {
                double seconds = seconds(group, after) - seconds(group, before);
                figures.add(new Figure(cpuOf(name), "s/M tasks", seconds * MILLION / tasks));
              }
            });
    groups()
        .forEach(
            (name, group) ->
                peakMib(group).ifPresent(mib -> figures.add(new Figure(peakOf(name), "MiB", mib))));
    return figures;
  }

  /** A process that began in between counts from its beginning. */
  private static double seconds(List<ProcessHandle> group, Map<ProcessHandle, Duration> used) {
    return group.stream().mapToLong(one -> used.getOrDefault(one, Duration.ZERO).toNanos()).sum()
        / NANOS_PER_SECOND;
  }

  /** That of the greatest of them. */
  private Optional<Double> peakMib(List<ProcessHandle> group) {
    return group.stream()
        .flatMap(process -> files.peakKib(process.pid()).stream().boxed())
        .max(Long::compare)
        .map(kib -> kib / KIB_PER_MIB);
  }

  /** Which figures there cannot be on this system. */
  List<LeftOut> leftOut(String workload) {
    Map<ProcessHandle, Duration> told = cpu();
    List<LeftOut> left = new ArrayList<>();
    groups()
        .forEach(
            (name, group) -> {
              if (!told.keySet().containsAll(group)) {
                left.add(
                    new LeftOut(workload, cpuOf(name), "the system tells no CPU time of others"));
              }
              if (peakMib(group).isEmpty()) {
                left.add(new LeftOut(workload, peakOf(name), files.reason()));
              }
            });
    return left;
  }

  private static String cpuOf(String name) {
    return "cpu " + name;
  }

  private static String peakOf(String name) {
    return "peak " + name;
  }

  private Map<String, List<ProcessHandle>> groups() {
    Map<String, List<ProcessHandle>> groups = new LinkedHashMap<>();
    named.forEach((name, process) -> groups.put(name, List.of(process)));
    List<ProcessHandle> executors =
        named.values().stream().flatMap(ProcessHandle::descendants).distinct().toList();
    if (!executors.isEmpty()) {
      groups.put(EXECUTORS, executors);
    }
    return groups;
  }
}
