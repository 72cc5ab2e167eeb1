package dev.farpool.worker.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/** A worker in a JVM of its own, to be killed by a test: it runs one task that will not end. */
public final class AgentProgram {
  private AgentProgram() {}

  /**
   * Starts it; its task tells by the file that it runs.
   *
   * @param leaseSeconds for how long it may run tasks without a word of its coordinator
   */
  public static Process start(Path directory, Path file, int leaseSeconds) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            AgentProgram.class.getName(),
            directory.toString(),
            file.toString(),
            Integer.toString(leaseSeconds))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(new File("/dev/null")))
        .start();
  }

  @SuppressWarnings("try")
  public static void main(String[] args) throws Exception {
    double leaseSeconds = Double.parseDouble(args[2]);
    try (WorkerHarness harness = new WorkerHarness(Path.of(args[0]), 1, leaseSeconds)) {
      harness.open(harness.spec()).call(1, "escape", args[1]);
      harness.worker.awaitTermination(java.time.Duration.ofMinutes(1));
    }
  }
}
