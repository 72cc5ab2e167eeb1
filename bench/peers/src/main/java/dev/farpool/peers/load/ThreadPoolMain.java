package dev.farpool.peers.load;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A pool of two threads in one process: what no pool of processes reaches. */
public final class ThreadPoolMain {
  private ThreadPoolMain() {}

  /**
   * Measures.
   *
   * @param arguments warm-up in seconds, rounds
   */
  public static void main(String[] arguments) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      new ExecutorLoad(executor, Stopwatch.of(arguments)).run();
    } finally {
      executor.shutdownNow();
    }
  }
}
