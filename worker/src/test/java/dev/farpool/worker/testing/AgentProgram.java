package dev.farpool.worker.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A worker in a JVM of its own, which runs one task. */
public final class AgentProgram {
  private AgentProgram() {}

  /**
   * Starts it with a task that does not end; the task tells by the file that it runs.
   *
   * @param leaseSeconds for how long it may run tasks without a word of its coordinator
   */
  public static Process start(Path directory, Path file, int leaseSeconds) throws IOException {
    return start(directory, leaseSeconds, "escape", file.toString(), "-Xmx256m");
  }

  /** Starts it with little memory and a task that prints so many megabytes; ends with the task. */
  public static Process flood(Path directory, int megabytes) throws IOException {
    return start(directory, 10, "flood", Integer.toString(megabytes), "-Xmx48m");
  }

  private static Process start(
      Path directory, int leaseSeconds, String task, String argument, String heap)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            heap,
            "-cp",
            System.getProperty("java.class.path"),
            AgentProgram.class.getName(),
            directory.toString(),
            Integer.toString(leaseSeconds),
            task,
            argument)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(new File("/dev/null")))
        .start();
  }

  @SuppressWarnings("try")
  public static void main(String[] args) throws Exception {
    double leaseSeconds = Double.parseDouble(args[1]);
    try (WorkerHarness harness = new WorkerHarness(Path.of(args[0]), 1, leaseSeconds)) {
      harness.coordinator.setForgetful(true);
      harness.open(harness.spec()).call(1, args[2], args[3]);
      harness.coordinator.awaitOutcomes(1, Duration.ofMinutes(1));
    }
  }
}
