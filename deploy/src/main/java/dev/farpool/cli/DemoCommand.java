package dev.farpool.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs an example on a cluster of real processes, and leaves nothing behind. */
@Command(
    name = "demo",
    header = "Runs an example on a cluster of real processes on this machine.",
    description = {
      "Starts a coordinator and a worker with 2 cores as processes of their own, runs a program"
          + " with a pool of 2 processes and 3 tasks against them, and stops everything again."
    },
    footer = {"Example:", "  farpool demo"})
final class DemoCommand implements Callable<Integer> {
  private static final String PROGRAM = "dev.farpool.examples.ThreeTasks";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation installation = Installation.find();
    try (DemoCluster cluster = new DemoCluster(installation, Map.of())) {
      Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "demo-interrupted"));
      String address = cluster.startCoordinator();
      say("coordinator listens on " + address);
      cluster.startWorker(address);
      say("worker with 2 cores attached");
      say("running " + PROGRAM + " with FARPOOL_COORDINATOR=" + address);
      int code = cluster.runProgram(PROGRAM, address);
      if (code != 0) {
        throw CommandException.failed(PROGRAM + " ended with exit code " + code);
      }
    }
    say("stopped; nothing is left running");
    return 0;
  }

  private void say(String text) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("farpool demo: " + text);
    err.flush();
  }
}
