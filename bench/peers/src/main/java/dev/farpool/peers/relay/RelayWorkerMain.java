package dev.farpool.peers.relay;

import dev.farpool.peers.process.Parent;

/** The relay's worker in a JVM of its own. */
public final class RelayWorkerMain {
  private RelayWorkerMain() {}

  /**
   * Runs until its parent ends.
   *
   * @param arguments the relay's port
   */
  public static void main(String[] arguments) throws Exception {
    try (RelayWorker worker = new RelayWorker(Integer.parseInt(arguments[0]))) {
      Parent.awaitEnd();
    }
  }
}
