package dev.farpool;

/** The cluster that all pools and processes share that were made without one. */
final class DefaultCluster {
  private static Cluster shared;

  private DefaultCluster() {}

  static synchronized Cluster get() {
    if (shared == null || shared.closed()) {
      shared = Cluster.connect();
    }
    return shared;
  }
}
