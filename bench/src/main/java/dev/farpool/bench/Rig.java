package dev.farpool.bench;

import dev.farpool.Cluster;
import dev.farpool.Pool;

/** The cluster a workload runs on, and how many of its tasks run at a time. */
record Rig(Cluster cluster, int processes) implements AutoCloseable {
  static Rig of(BenchConfig config) {
    Cluster cluster =
        config
            .coordinator()
            .map(Cluster::connect)
            .orElseGet(() -> Cluster.local(config.processes()));
    return new Rig(cluster, config.processes());
  }

  Pool newPool() {
    return cluster.pool(processes);
  }

  @Override
  public void close() {
    cluster.close();
  }
}
