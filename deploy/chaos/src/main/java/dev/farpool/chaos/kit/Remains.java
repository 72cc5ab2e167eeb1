package dev.farpool.chaos.kit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the processes that have a sandbox in their environment. */
final class Remains {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final long POLL_MILLIS = 50;
  private static final Path PROCESSES = Path.of("/proc");

  private Remains() {}

  /** Waits until no process is left, but not for ever, and gives those that are. */
  static List<String> awaitEnd(Path sandbox) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<String> left = processes(sandbox);
    while (!left.isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(POLL_MILLIS);
      left = processes(sandbox);
    }
    return left;
  }

  /** The command lines of all living processes of a sandbox. */
  private static List<String> processes(Path sandbox) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path process : all()) {
      if (text(process.resolve("environ")).contains("TMPDIR=" + sandbox)) {
        found.add(process + ": " + text(process.resolve("cmdline")).replace('\0', ' '));
      }
    }
    return found;
  }

  private static List<Path> all() throws IOException {
    try (Stream<Path> entries = Files.list(PROCESSES)) {
      return entries.filter(path -> path.resolve("environ").toFile().exists()).toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException ended) {
      return "";
    }
  }
}
