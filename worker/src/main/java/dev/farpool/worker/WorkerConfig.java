package dev.farpool.worker;

import dev.farpool.common.trace.Spans;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a worker is.
 *
 * @param name unique in the cluster, 1 to 200 characters of {@code [A-Za-z0-9._-]}
 * @param cores how many slots it offers, 1 to 100,000; may be more than the host has cores
 * @param labels what tasks can ask for
 * @param directory for its blobs, its socket and its executors
 * @param ephemeral whether the directory is to go with the worker, however that ends
 * @param version of the worker, for people
 * @param executorLease for how long executors live on, at most, without a sign of life of the
 *     worker; less if the coordinator's lease is shorter
 * @param spares how many executors to start ahead of any pool, 0 to 1,000: each saves a new pool
 *     the start of a process, and keeps some 40 MiB resident. With 0, executors of commands are not
 *     kept for a minute either
 * @param executorUser as whom executors run, for a worker that is root; empty for the worker's own
 * @param executorLimits what executors may have at most, by the names of {@code prlimit}; or with
 *     all that comes from them, as {@code memory} and {@code pids}
 * @param spans takes the spans of traced attempts; closed by whoever made it; null for nobody
 */
public record WorkerConfig(
    String name,
    int cores,
    Map<String, String> labels,
    Path directory,
    boolean ephemeral,
    String version,
    Duration executorLease,
    int spares,
    String executorUser,
    Map<String, Long> executorLimits,
    Spans spans) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}");
  private static final int MOST_CORES = 100_000;
  private static final int MOST_SPARES = 1000;
  private static final Set<String> LIMITS =
      Set.of("as", "core", "cpu", "fsize", "memory", "nofile", "nproc", "pids");

  /** Checks the values; the texts name the one that is wrong. */
  public WorkerConfig {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name must be 1 to 200 characters of [A-Za-z0-9._-], not \"" + name + "\"");
    }
    if (cores < 1 || cores > MOST_CORES) {
      throw new IllegalArgumentException("cores must be 1 to " + MOST_CORES + ", not " + cores);
    }
    if (executorLease.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "executorLease must be at least 1 s, not " + executorLease);
    }
    if (spares < 0 || spares > MOST_SPARES) {
      throw new IllegalArgumentException("spares must be 0 to " + MOST_SPARES + ", not " + spares);
    }
    executorLimits.forEach(WorkerConfig::checkLimit);
    labels = Map.copyOf(labels);
    executorLimits = Map.copyOf(executorLimits);
  }

  private static void checkLimit(String name, long limit) {
    if (!LIMITS.contains(name) || limit < 0) {
      throw new IllegalArgumentException(
          "executorLimits must be numbers for "
              + String.join(", ", new TreeSet<>(LIMITS))
              + ", not "
              + name
              + "="
              + limit);
    }
  }

  /** A worker with the usual values for the rest: no labels, a lease of 10 seconds, no spares. */
  public static WorkerConfig of(String name, int cores, Path directory) {
    return new WorkerConfig(
        name,
        cores,
        Map.of(),
        directory,
        false,
        "0.1.0",
        Duration.ofSeconds(10),
        0,
        "",
        Map.of(),
        null);
  }

  /** The same with these labels. */
  public WorkerConfig withLabels(Map<String, String> newLabels) {
    return new WorkerConfig(
        name,
        cores,
        newLabels,
        directory,
        ephemeral,
        version,
        executorLease,
        spares,
        executorUser,
        executorLimits,
        spans);
  }

  /** The same, but the directory goes with the worker. */
  public WorkerConfig asEphemeral() {
    return new WorkerConfig(
        name,
        cores,
        labels,
        directory,
        true,
        version,
        executorLease,
        spares,
        executorUser,
        executorLimits,
        spans);
  }

  /** The same with this lease for executors. */
  public WorkerConfig withExecutorLease(Duration lease) {
    return new WorkerConfig(
        name,
        cores,
        labels,
        directory,
        ephemeral,
        version,
        lease,
        spares,
        executorUser,
        executorLimits,
        spans);
  }

  /** The same with this version. */
  public WorkerConfig withVersion(String newVersion) {
    return new WorkerConfig(
        name,
        cores,
        labels,
        directory,
        ephemeral,
        newVersion,
        executorLease,
        spares,
        executorUser,
        executorLimits,
        spans);
  }

  /** The same with so many spares. */
  public WorkerConfig withSpares(int newSpares) {
    return new WorkerConfig(
        name,
        cores,
        labels,
        directory,
        ephemeral,
        version,
        executorLease,
        newSpares,
        executorUser,
        executorLimits,
        spans);
  }

  /** The same with executors of this user, within these limits. */
  public WorkerConfig withExecutors(String user, Map<String, Long> limits) {
    return new WorkerConfig(
        name,
        cores,
        labels,
        directory,
        ephemeral,
        version,
        executorLease,
        spares,
        user,
        limits,
        spans);
  }

  /** The same, but spans of traced attempts are recorded. */
  public WorkerConfig withSpans(Spans newSpans) {
    return new WorkerConfig(
        name,
        cores,
        labels,
        directory,
        ephemeral,
        version,
        executorLease,
        spares,
        executorUser,
        executorLimits,
        newSpans);
  }
}
