package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs the distribution with a temporary directory of its own.
 *
 * <p>Its path is in the environment of every process started in it, also of executors, so what is
 * left behind can be found: processes as well as files.
 */
final class Sandbox {
  private static final Path HOME = Path.of(System.getProperty("farpool.distribution"));
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final long POLL_MILLIS = 50;

  private final Path directory;
  private final List<Launched> launched = new ArrayList<>();

  Sandbox() throws IOException {
    // Short, for Unix sockets live in it.
    directory = Files.createTempDirectory(Path.of("/tmp"), "fp");
  }

  static Path home() {
    return HOME;
  }

  /** Starts the farpool command. */
  Launched farpool(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(HOME.resolve("bin/farpool").toString()));
    command.addAll(List.of(arguments));
    return launch(command, Map.of());
  }

  /** Starts an example program against a coordinator. */
  Launched example(String coordinator, String name, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                HOME.resolve("lib") + "/*",
                "dev.farpool.examples." + name));
    command.addAll(List.of(arguments));
    return launch(command, Map.of("FARPOOL_COORDINATOR", coordinator));
  }

  /** Starts any program. */
  Launched launch(List<String> command, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("FARPOOL_"));
    builder.environment().put("TMPDIR", directory.toString());
    builder.environment().put("FARPOOL_JAVA_OPTS", "-Djava.io.tmpdir=" + directory);
    builder.environment().putAll(environment);
    Launched process = new Launched(builder);
    launched.add(process);
    return process;
  }

  /** Starts a coordinator on a free port, waits until it is ready and gives its address. */
  String coordinator() throws IOException, InterruptedException {
    return farpool("coordinator", "--listen", "127.0.0.1:0")
        .awaitLine("farpool coordinator: listening on (.*)")
        .group(1);
  }

  /** Starts a worker and waits until it is attached. */
  Launched worker(String coordinator, String name, int cores)
      throws IOException, InterruptedException {
    Launched worker =
        farpool(
            "worker",
            "--coordinator",
            coordinator,
            "--name",
            name,
            "--cores",
            Integer.toString(cores));
    worker.awaitLine(
        "farpool worker " + name + ": " + cores + " cores?, attached to " + coordinator);
    return worker;
  }

  /** Waits a while for all processes to be gone, and then looks for files. */
  void assertNothingLeft() throws IOException, InterruptedException {
    assertEquals(List.of(), awaitEnd());
    try (Stream<Path> files = Files.walk(directory)) {
      assertEquals(List.of(directory), files.toList());
    }
  }

  /** Kills what still runs and deletes the directory. */
  void close() throws IOException, InterruptedException {
    launched.forEach(Launched::close);
    awaitEnd();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Waits until no process is left, but not for ever, and gives those that are. */
  private List<String> awaitEnd() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<String> left = processes();
    while (!left.isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(POLL_MILLIS);
      left = processes();
    }
    return left;
  }

  /** The command lines of all living processes that were started in this sandbox. */
  private List<String> processes() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
      for (Path entry :
          entries.filter(path -> path.resolve("environ").toFile().exists()).toList()) {
        if (text(entry.resolve("environ")).contains("TMPDIR=" + directory)) {
          found.add(entry + ": " + text(entry.resolve("cmdline")).replace('\0', ' '));
        }
      }
    }
    return found;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException ended) {
      return "";
    }
  }
}
