package dev.farpool.conformance;

import dev.farpool.Cluster;
import dev.farpool.Pool;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One embedded cluster for all tests of a class: executors are real and cost a JVM each. */
final class SharedCluster implements BeforeAllCallback, AfterAllCallback {
  private final int cores;
  private Cluster cluster;
  private Pool warm;

  SharedCluster(int cores) {
    this.cores = cores;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    cluster = Cluster.local(cores);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    cluster.close();
  }

  Cluster cluster() {
    return cluster;
  }

  /** A pool of two processes for the tests that leave it running. */
  synchronized Pool warm() {
    if (warm == null) {
      warm = cluster.pool(2);
    }
    return warm;
  }
}
