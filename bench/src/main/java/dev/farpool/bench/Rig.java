package dev.farpool.bench;

import dev.farpool.Cluster;
import dev.farpool.ClusterStatus.PoolState;
import dev.farpool.Pool;

/**
 * What a workload runs on.
 *
 * @param processes how many of its tasks run at a time
 * @param meter reads what processes of the cluster use
 */
record Rig(Cluster cluster, int processes, ProcessMeter meter) implements AutoCloseable {
  static Rig of(BenchConfig config) {
    ProcessMeter meter = ProcessMeter.of(config.pids(), ProcFiles.ofThisSystem());
    Cluster cluster =
        config
            .coordinator()
            .map(Cluster::connect)
            .orElseGet(() -> Cluster.local(config.processes()));
    return new Rig(cluster, config.processes(), meter);
  }

  /** A pool that can be told from others on a cluster. */
  Pool newPool(Workload workload) {
    return cluster.newPool().processes(processes).name(poolName(workload)).build();
  }

  /** How many tasks the coordinator holds for a workload's pool. */
  long held(Workload workload) {
    return cluster.status().pools().stream()
        .filter(pool -> pool.name().equals(poolName(workload)))
        .mapToLong(Rig::held)
        .sum();
  }

  private static long held(PoolState pool) {
    return pool.waiting() + pool.running();
  }

  private static String poolName(Workload workload) {
    return "bench-" + workload.name() + "-" + ProcessHandle.current().pid();
  }

  @Override
  public void close() {
    cluster.close();
  }
}
