package dev.farpool.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs an example as a user does, as a program of its own, and takes down what it prints. */
final class Example {
  private static final int SECONDS = 60;

  private Example() {}

  /** What it printed to standard output, once it has ended with 0 and an empty standard error. */
  static List<String> run(Class<?> example, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // It ends soon.
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                example.getName()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile("example", ".out");
    Path err = Files.createTempFile("example", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().remove("FARPOOL_COORDINATOR");
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
      assertTrue(ended, () -> example.getSimpleName() + " hangs: " + text(out) + text(err));
      assertEquals("", text(err));
      assertEquals(0, process.exitValue());
      return Files.readAllLines(out);
    } finally {
      process.destroyForcibly();
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }
}
