package dev.farpool.conformance;

import dev.farpool.RemoteProcess;
import java.nio.file.Path;

/** A program that starts a process, does not join it, and returns. */
final class StartingProgram {
  private StartingProgram() {}

  public static void main(String[] args) throws InterruptedException {
    Marks marks = Marks.in(Path.of(args[0]));
    boolean daemon = args[1].equals("daemon");
    String gate = daemon ? "never" : "main returned";
    RemoteProcess.builder(
            () -> {
              marks.make("started");
              marks.await(gate);
              System.out.println("child");
            })
        .daemon(daemon)
        .start();
    marks.await("started");
    System.out.println("parent");
    marks.make("main returned");
  }
}
