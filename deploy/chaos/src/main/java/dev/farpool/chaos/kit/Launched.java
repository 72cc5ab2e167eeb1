package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process under test: its output is taken down line by line, every wait has an end. */
final class Launched implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 500;

  private final Process process;
  private final List<String> out = new ArrayList<>();
  private final List<String> err = new ArrayList<>();
  private final List<Thread> readers;

  Launched(ProcessBuilder builder) throws IOException {
    process = builder.start();
    process.getOutputStream().close();
    readers = List.of(read(process.inputReader(), out), read(process.errorReader(), err));
  }

  /** Waits for a line of standard output that matches, and gives the match. */
  Matcher awaitLine(String regex) throws InterruptedException {
    return await(out, readers.get(0), Pattern.compile(regex));
  }

  /** The same for standard error. */
  Matcher awaitErrorLine(String regex) throws InterruptedException {
    return await(err, readers.get(1), Pattern.compile(regex));
  }

  private Matcher await(List<String> lines, Thread reader, Pattern pattern)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    synchronized (lines) {
      while (true) {
        boolean complete = !reader.isAlive();
        for (String line : lines) {
          Matcher matcher = pattern.matcher(line);
          if (matcher.matches()) {
            return matcher;
          }
        }
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0 || complete) {
          return fail("no line " + pattern + " from " + this);
        }
        lines.wait(Math.min(left, POLL_MILLIS));
      }
    }
  }

  /** Waits for its end and checks the exit code. */
  Launched exits(int expected) throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      fail("still runs: " + this);
    }
    for (Thread reader : readers) {
      reader.join(PATIENCE.toMillis());
    }
    assertEquals(expected, process.exitValue(), this::toString);
    return this;
  }

  /** Asks it to stop, with SIGTERM. (The destroy of Process would close its streams as well.) */
  void terminate() {
    process.toHandle().destroy();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  List<String> out() {
    return copy(out);
  }

  List<String> err() {
    return copy(err);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public String toString() {
    return process.info().commandLine().orElseGet(() -> "exit code " + process.exitValue())
        + "\n--- out\n"
        + String.join("\n", out())
        + "\n--- err\n"
        + String.join("\n", err());
  }

  private static Thread read(BufferedReader reader, List<String> lines) {
    Thread thread =
        new Thread(
            () ->
                reader
                    .lines()
                    .forEach(
                        line -> {
                          synchronized (lines) {
                            lines.add(line);
                            lines.notifyAll();
                          }
                        }));
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static List<String> copy(List<String> lines) {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }
}
