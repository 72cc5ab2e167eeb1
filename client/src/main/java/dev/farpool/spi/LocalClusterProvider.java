package dev.farpool.spi;

/**
 * Starts a cluster inside this JVM, with executors as child processes. Found by {@link
 * java.util.ServiceLoader}; {@code dev.farpool:farpool} has one.
 */
public interface LocalClusterProvider {
  /**
   * Starts a coordinator and a worker.
   *
   * @param cores how many tasks may run at a time, at least 1
   * @throws RuntimeException if it cannot be started; the text says why
   */
  LocalCluster start(int cores);
}
