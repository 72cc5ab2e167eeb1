package dev.farpool.fake;

import dev.farpool.spi.LocalCluster;
import dev.farpool.spi.LocalClusterProvider;

/** Finds the fake where the tests ask for a local cluster. */
public final class FakeProvider implements LocalClusterProvider {
  @Override
  public LocalCluster start(int cores) {
    return new FakeCluster(new FakeCoordinator(cores));
  }
}
