package dev.farpool.conformance;

import dev.farpool.Pool;
import java.io.IOException;

/**
 * A program that never closes its pool. Its tasks print their process and that of a child which
 * left their session; busy ones then block. After a byte on standard input it ends in one of the
 * ways that are its own; the others are done to it.
 */
final class EndingProgram {
  private EndingProgram() {}

  public static void main(String[] args) throws IOException {
    Pool pool = new Pool(2);
    boolean busy = args[1].equals("busy");
    pool.applyAsync(() -> run(busy));
    pool.applyAsync(() -> run(busy));
    int told = System.in.read();
    if (args[0].equals("exit")) {
      System.exit(told < 0 ? 1 : 0);
    }
  }

  private static void run(boolean busy) throws IOException, InterruptedException {
    Process child = new ProcessBuilder("setsid", "sleep", "300").start();
    System.out.println(ProcessHandle.current().pid());
    System.out.println(child.pid());
    if (busy) {
      Thread.sleep(300_000);
    }
  }
}
