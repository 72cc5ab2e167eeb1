package dev.farpool.peers.relay;

import dev.farpool.peers.process.Parent;

/** A relay in a JVM of its own. */
public final class RelayMain {
  private RelayMain() {}

  /** Prints its port, then that a worker is there, and runs until its parent ends. */
  public static void main(String[] arguments) throws Exception {
    try (Relay relay = Relay.start()) {
      System.out.println("port " + relay.port());
      if (!relay.awaitWorker()) {
        throw new IllegalStateException("no worker came");
      }
      System.out.println("ready");
      Parent.awaitEnd();
    }
  }
}
