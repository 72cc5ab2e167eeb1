package dev.farpool.local;

import dev.farpool.spi.LocalCluster;
import dev.farpool.spi.LocalClusterProvider;

/** Starts clusters in this JVM. Found by the client library; not meant to be called. */
public final class EmbeddedClusterProvider implements LocalClusterProvider {
  private static final String SLF4J_VERBOSITY = "slf4j.internal.verbosity";

  /** For {@link java.util.ServiceLoader}. */
  public EmbeddedClusterProvider() {}

  @Override
  public LocalCluster start(int cores) {
    // A program without a logging backend should not be told so because it uses a pool.
    if (System.getProperty(SLF4J_VERBOSITY) == null) {
      System.setProperty(SLF4J_VERBOSITY, "ERROR");
    }
    return EmbeddedCluster.start(cores);
  }
}
