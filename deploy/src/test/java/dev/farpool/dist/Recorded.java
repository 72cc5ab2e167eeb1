package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.farpool.chaos.history.Attempt;
import dev.farpool.chaos.history.Checker;
import dev.farpool.chaos.history.Event.Kind;
import dev.farpool.chaos.history.History;
import dev.farpool.chaos.history.HistoryFile;
import dev.farpool.chaos.history.Rules;
import dev.farpool.chaos.kit.Launched;
import dev.farpool.chaos.kit.Place;
import dev.farpool.chaos.kit.Sandbox;
import dev.farpool.chaos.kit.Signals;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The history of one test: programs write it, the checker reads it. */
final class Recorded {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long POLL_MILLIS = 100;

  private final Sandbox sandbox;
  private final Path file;

  Recorded(Sandbox sandbox, String name) {
    this.sandbox = sandbox;
    this.file = sandbox.directory().resolve(name + ".history");
  }

  /** Starts a client that submits recorded tasks. */
  Launched workload(Place place, String coordinator, String name, String... options)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--name", name, "--history", file.toString()));
    arguments.addAll(List.of(options));
    return sandbox.program(
        place, coordinator, "dev.farpool.chaos.work.Workload", arguments.toArray(String[]::new));
  }

  /** Waits until so many events of a kind are there. */
  void await(Kind kind, int count) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Count events = new Count(kind);
    while (events.now() < count) {
      if (System.nanoTime() > deadline) {
        fail(events.now() + " instead of " + count + " of " + kind);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  long count(Kind kind) throws IOException {
    return new Count(kind).now();
  }

  /** How many events of a kind there are; reads only what is new, for it is asked often. */
  private final class Count {
    private final String begin;
    private long read;
    private long count;

    Count(Kind kind) {
      this.begin = kind.word() + " ";
    }

    long now() throws IOException {
      if (!Files.exists(file)) {
        return 0;
      }
      try (InputStream in = Files.newInputStream(file)) {
        in.skipNBytes(read);
        String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        read += whole.length();
        count += whole.lines().filter(line -> line.startsWith(begin)).count();
      }
      return count;
    }
  }

  /** The executor whose task began last. */
  long lastExecutor() throws IOException {
    List<Attempt> attempts = read().attempts();
    return attempts.get(attempts.size() - 1).pid();
  }

  /** Waits until no executor is left that ran one of the tasks. */
  void awaitExecutorsEnd() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (long pid : read().attempts().stream().mapToLong(Attempt::pid).distinct().toArray()) {
      while (Signals.isThere(pid)) {
        if (System.nanoTime() > deadline) {
          fail("executor " + pid + " still runs");
        }
        Thread.sleep(POLL_MILLIS);
      }
    }
  }

  private History read() throws IOException {
    return History.of(HistoryFile.read(file));
  }

  /** Holds it to all promises. */
  History check(Rules rules) throws IOException {
    History history = read();
    assertEquals(List.of(), Checker.check(history, rules));
    return history;
  }

  /** Rules for tasks that run on this host with so many slots in all. */
  static Rules rules(int slots) throws IOException {
    String here = HistoryFile.hostOf(ProcessHandle.current().pid());
    return new Rules(Map.of(here, slots), Duration.ofMillis(500), Duration.ofSeconds(60));
  }
}
