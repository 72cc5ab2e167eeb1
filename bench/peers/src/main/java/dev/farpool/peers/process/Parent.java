package dev.farpool.peers.process;

import java.io.IOException;

/** For processes that serve until they are stopped: they do not outlive whoever started them. */
public final class Parent {
  private Parent() {}

  /** Returns when the parent has ended, or has closed this process's standard input. */
  public static void awaitEnd() throws IOException {
    while (System.in.read() >= 0) {
      // Nothing is ever said.
    }
  }
}
