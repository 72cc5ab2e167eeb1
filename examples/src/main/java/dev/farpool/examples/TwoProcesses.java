package dev.farpool.examples;

import dev.farpool.Cluster;
import dev.farpool.RemoteProcess;

/**
 * Two processes are started, then both are joined: {@code child processes end.} comes last.
 *
 * <pre>
 * java -cp 'lib/*' dev.farpool.examples.TwoProcesses
 * </pre>
 */
public final class TwoProcesses {
  private TwoProcesses() {}

  /** Runs the example. */
  public static void main(String[] args) throws InterruptedException {
    System.out.println("parent process " + ProcessHandle.current().pid());
    try (Cluster cluster = Cluster.connect()) {
      RemoteProcess first = cluster.newProcess(() -> introduce("first")).build();
      RemoteProcess second = cluster.newProcess(() -> introduce("second")).build();
      System.out.println("child processes start.");
      first.start();
      second.start();
      first.join();
      second.join();
    }
    System.out.println("child processes end.");
  }

  private static void introduce(String name) {
    System.out.println("child process " + name + " has pid " + ProcessHandle.current().pid());
  }
}
