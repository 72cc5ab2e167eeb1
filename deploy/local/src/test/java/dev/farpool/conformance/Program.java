package dev.farpool.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program in a JVM of its own that keeps its temporary files in a directory of the test. */
final class Program implements AutoCloseable {
  private static final int SECONDS = 40;

  private final Process process;
  private final Path output;

  private Program(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static Program start(Path temporary, Class<?> main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "--default-signal=INT", // Who runs the tests in the background ignores it.
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // It ends soon.
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("program", ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().remove("FARPOOL_COORDINATOR");
    return new Program(builder.start(), output);
  }

  /** What it has printed so far. */
  List<String> lines() {
    try {
      return Files.readAllLines(output);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  List<String> awaitLines(int count) throws InterruptedException {
    Marks.until(count + " lines of the program", () -> lines().size() >= count);
    return lines();
  }

  /** Lets it go on from reading its standard input. */
  void tell() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  int awaitExitCode() throws InterruptedException {
    assertTrue(
        process.waitFor(SECONDS, TimeUnit.SECONDS), () -> "the program hangs after " + lines());
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.delete(output);
  }
}
