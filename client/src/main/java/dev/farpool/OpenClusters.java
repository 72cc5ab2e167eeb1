package dev.farpool;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The clusters of this JVM that are not closed: they end when it exits. */
final class OpenClusters {
  private static final Set<Cluster> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> OPEN.forEach(Cluster::exit), "farpool-exit"));
  }

  private OpenClusters() {}

  static void add(Cluster cluster) {
    OPEN.add(cluster);
  }

  static void remove(Cluster cluster) {
    OPEN.remove(cluster);
  }
}
