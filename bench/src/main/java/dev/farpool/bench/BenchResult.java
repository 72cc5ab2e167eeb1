package dev.farpool.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What was measured, and where. Its JSON has the same names.
 *
 * @param format tells such JSON from any other
 * @param version of Farpool
 * @param date when it was measured, as in ISO 8601
 * @param java the version of this JVM
 * @param os name, version and architecture of the system
 * @param cores how many processors this JVM may use
 * @param embedded whether the cluster was in this JVM
 * @param settings what was asked for
 * @param figures in the order of the workloads
 * @param leftOut what could not be measured
 */
public record BenchResult(
    String format,
    String version,
    String date,
    String java,
    String os,
    int cores,
    boolean embedded,
    Settings settings,
    List<Summary> figures,
    List<LeftOut> leftOut) {
  static final String FORMAT = "farpool-bench-1";

  /**
   * What was asked for.
   *
   * @param coordinator null if the cluster was embedded
   * @param tasks null for each workload's own number
   */
  public record Settings(
      String coordinator,
      int processes,
      List<String> workloads,
      Integer tasks,
      int warmUp,
      int repeat) {
    static Settings of(BenchConfig config) {
      return new Settings(
          config.coordinator().orElse(null),
          config.processes(),
          config.workloads(),
          config.tasks().isPresent() ? config.tasks().getAsInt() : null,
          config.warmUp(),
          config.repeat());
    }
  }

  /** One that was measured here and now. */
  static BenchResult of(BenchConfig config, List<Summary> figures, List<LeftOut> leftOut) {
    String version = BenchResult.class.getPackage().getImplementationVersion();
    return new BenchResult(
        FORMAT,
        version == null ? "development" : version, // Outside a jar there is none.
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        Runtime.version().toString(),
        String.join(" ", property("name"), property("version"), property("arch")),
        Runtime.getRuntime().availableProcessors(),
        config.coordinator().isEmpty(),
        Settings.of(config),
        List.copyOf(figures),
        List.copyOf(leftOut));
  }

  private static String property(String name) {
    return System.getProperty("os." + name);
  }

  /** In one line, for people. */
  String origin() {
    return String.format(
        "%s, %d processes, median of %d rounds after %d; Farpool %s of %s, %d cores, Java %s, %s",
        embedded ? "embedded cluster" : "cluster at " + settings.coordinator(),
        settings.processes(),
        settings.repeat(),
        settings.warmUp(),
        version,
        date,
        cores,
        java,
        os);
  }
}
