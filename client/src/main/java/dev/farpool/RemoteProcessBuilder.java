package dev.farpool;

import dev.farpool.v1.PoolMode;
import dev.farpool.v1.PoolSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Says what a {@link RemoteProcess} is to be. Not thread-safe. */
public final class RemoteProcessBuilder {
  private static final int MAX_NAME = 200;

  private final Cluster cluster;
  private final SerializableRunnable target;
  private final PoolSpec.Builder spec = PoolSpec.newBuilder();
  private Consumer<? super TaskOutput> output = new OutputPrinter();
  private boolean daemon;

  RemoteProcessBuilder(Cluster cluster, SerializableRunnable target) {
    this.cluster = cluster;
    this.target = Objects.requireNonNull(target, "target");
  }

  /** A name for people. At most 200 characters. Default: {@code Process-N}. */
  public RemoteProcessBuilder name(String name) {
    Wire.range(name.length(), 1, MAX_NAME, "name's length");
    spec.setName(name);
    return this;
  }

  /**
   * Whether the process ends with this program. Default: no; this JVM does not end by itself before
   * the process has ended.
   */
  public RemoteProcessBuilder daemon(boolean daemon) {
    this.daemon = daemon;
    return this;
  }

  /** Options for the JVM of the process, such as {@code -Xmx512m}. Default: none. */
  public RemoteProcessBuilder jvmOptions(String... options) {
    spec.clearJvmOptions().addAllJvmOptions(List.of(options));
    return this;
  }

  /** Environment variables for the process. Default: a few harmless ones. */
  public RemoteProcessBuilder environment(Map<String, String> variables) {
    spec.clearEnvironment().putAllEnvironment(variables);
    return this;
  }

  /** The directory of the process, absolute and there on all workers. Default: a private one. */
  public RemoteProcessBuilder workingDirectory(String directory) {
    spec.setWorkingDirectory(Objects.requireNonNull(directory, "directory"));
    return this;
  }

  /** Labels a worker must have to run the process. Default: none. */
  public RemoteProcessBuilder labels(Map<String, String> labels) {
    spec.clearLabels().putAllLabels(labels);
    return this;
  }

  /** Who gets what the process prints, instead of this program's output. */
  public RemoteProcessBuilder output(Consumer<? super TaskOutput> reader) {
    this.output = Objects.requireNonNull(reader, "reader");
    return this;
  }

  /** Makes the process; it is not started. */
  public RemoteProcess build() {
    return new RemoteProcess(this);
  }

  /** Makes the process and starts it. */
  public RemoteProcess start() {
    RemoteProcess process = build();
    process.start();
    return process;
  }

  Cluster cluster() {
    return cluster == null ? DefaultCluster.get() : cluster;
  }

  SerializableRunnable target() {
    return target;
  }

  String name() {
    return spec.getName();
  }

  boolean daemon() {
    return daemon;
  }

  Consumer<? super TaskOutput> output() {
    return output;
  }

  PoolSpec spec(String name) {
    return spec.clone()
        .setName(name)
        .setProcesses(1)
        .setMode(PoolMode.POOL_MODE_PROCESSES)
        .setReportStarts(true)
        .build();
  }
}
