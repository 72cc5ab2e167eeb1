package dev.farpool;

import dev.farpool.v1.OutputMode;
import dev.farpool.v1.PoolSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Says what a {@link Pool} is to be. Not thread-safe; may be used again after {@link #build}.
 *
 * <pre>{@code
 * Pool pool = Pool.builder().processes(8).name("thumbnails").jvmOptions("-Xmx512m").build();
 * }</pre>
 */
public final class PoolBuilder {
  static final int MAX_PROCESSES = 1_000_000;
  private static final int MAX_NAME = 200;

  private final PoolSpec.Builder spec = PoolSpec.newBuilder();
  private final Cluster cluster;
  private int processes;
  private boolean failFast;
  private Consumer<? super TaskOutput> output = new OutputPrinter();
  private SerializableRunnable initializer;

  PoolBuilder(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * How many tasks of the pool run at a time, wherever in the cluster. Default: as many as the
   * cluster has cores. It may be more: the rest waits.
   *
   * @throws IllegalArgumentException if it is not 1 to 1,000,000
   */
  public PoolBuilder processes(int processes) {
    if (processes < 1) {
      throw new IllegalArgumentException(
          "Number of processes must be at least 1, not " + processes);
    }
    Wire.range(processes, 1, MAX_PROCESSES, "processes");
    this.processes = processes;
    return this;
  }

  /** A name for people, in listings and messages. At most 200 characters. Default: none. */
  public PoolBuilder name(String name) {
    Wire.range(name.length(), 0, MAX_NAME, "name's length");
    spec.setName(name);
    return this;
  }

  /**
   * Runs once in each process of the pool before its first task, again in each replacement. If it
   * fails three times in a row the pool is broken.
   */
  public PoolBuilder initializer(SerializableRunnable initializer) {
    this.initializer = Objects.requireNonNull(initializer, "initializer");
    return this;
  }

  /**
   * Replaces a process after this many tasks; a chunk of a map counts as one. Default: never.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public PoolBuilder maxTasksPerChild(int tasks) {
    Wire.range(tasks, 1, Integer.MAX_VALUE, "maxTasksPerChild");
    spec.setMaxTasksPerChild(tasks);
    return this;
  }

  /**
   * After which age a process is replaced, when a task of it ends. Default: never.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public PoolBuilder maxChildAge(Duration age) {
    spec.setMaxChildAge(Wire.positive(age, "maxChildAge"));
    return this;
  }

  /**
   * With how many bytes of resident memory a process is replaced, when a task of it ends: for code
   * that leaks. Looked at every 10 ms at most, and on Linux only. Default: never.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public PoolBuilder maxChildMemory(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("maxChildMemory must be at least 1 byte, not " + bytes);
    }
    spec.setMaxChildMemory(bytes);
    return this;
  }

  /**
   * Lets the first failure end a {@code map} or {@code starmap}: its chunks that have not ended are
   * cancelled, interrupted where they run. Default: they run to their end, as in CPython.
   */
  public PoolBuilder failFast() {
    failFast = true;
    return this;
  }

  /** Options for the JVMs of the pool's processes, such as {@code -Xmx512m}. Default: none. */
  public PoolBuilder jvmOptions(String... options) {
    spec.clearJvmOptions().addAllJvmOptions(List.of(options));
    return this;
  }

  /** Environment variables for the pool's processes. Default: a few harmless ones. */
  public PoolBuilder environment(Map<String, String> variables) {
    spec.clearEnvironment().putAllEnvironment(variables);
    return this;
  }

  /**
   * The directory of the pool's processes, absolute and there on all workers. Default: a private
   * one, which is deleted with the process.
   */
  public PoolBuilder workingDirectory(String directory) {
    spec.setWorkingDirectory(Objects.requireNonNull(directory, "directory"));
    return this;
  }

  /** Labels a worker must have to run tasks of the pool. Default: none. */
  public PoolBuilder labels(Map<String, String> labels) {
    spec.clearLabels().putAllLabels(labels);
    return this;
  }

  /** Options for the tasks that have none of their own. */
  public PoolBuilder taskOptions(TaskOptions options) {
    spec.setOptions(options.message());
    return this;
  }

  /**
   * How often a task is tried when its process or worker is lost. Default: 3.
   *
   * @throws IllegalArgumentException if it is not 1 to 100
   */
  public PoolBuilder maxAttempts(int attempts) {
    Wire.range(attempts, 1, 100, "maxAttempts");
    spec.getOptionsBuilder().setMaxAttempts(attempts);
    return this;
  }

  /**
   * The time between SIGTERM and SIGKILL when running work is ended. Default: 5 s.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public PoolBuilder stopGrace(Duration grace) {
    spec.setStopGrace(Wire.positive(grace, "stopGrace"));
    return this;
  }

  /**
   * Who gets what tasks print, instead of this program's standard output and standard error. Called
   * on a thread of the pool, in order; results wait until the output before them was taken.
   */
  public PoolBuilder output(Consumer<? super TaskOutput> reader) {
    this.output = Objects.requireNonNull(reader, "reader");
    spec.setOutput(OutputMode.OUTPUT_MODE_STREAM);
    return this;
  }

  /** Throws away what tasks print, on the worker. */
  public PoolBuilder discardOutput() {
    spec.setOutput(OutputMode.OUTPUT_MODE_DISCARD);
    return this;
  }

  /**
   * Makes the pool.
   *
   * @throws ClusterUnreachableException if there is no coordinator
   * @throws IllegalArgumentException if the cluster refuses the pool; the text names what is wrong
   */
  public Pool build() {
    return new Pool(this);
  }

  Cluster cluster() {
    return cluster == null ? DefaultCluster.get() : cluster;
  }

  int processes() {
    return processes;
  }

  boolean failsFast() {
    return failFast;
  }

  SerializableRunnable initializer() {
    return initializer;
  }

  Consumer<? super TaskOutput> output() {
    return output;
  }

  PoolSpec spec() {
    return spec.build();
  }
}
