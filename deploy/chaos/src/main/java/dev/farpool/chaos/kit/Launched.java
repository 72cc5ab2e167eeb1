package dev.farpool.chaos.kit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process under test: its output is taken down line by line, every wait has an end. */
public final class Launched implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 500;
  private static final int SIGKILLED = 137;

  private final Process process;
  private final List<String> out = new ArrayList<>();
  private final List<String> err = new ArrayList<>();
  private final List<Thread> readers;

  Launched(ProcessBuilder builder) throws IOException {
    process = builder.start();
    readers = List.of(read(process.inputReader(), out), read(process.errorReader(), err));
  }

  /** Ends its standard input. */
  Launched withoutInput() throws IOException {
    process.getOutputStream().close();
    return this;
  }

  /** Gives it a line of standard input. */
  public void tell(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Waits for a line of standard output that matches, and gives the match. */
  public Matcher awaitLine(String regex) throws InterruptedException {
    return await(out, readers.get(0), Pattern.compile(regex));
  }

  /** The same for standard error. */
  public Matcher awaitErrorLine(String regex) throws InterruptedException {
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
          throw new AssertionError("no line " + pattern + " from " + this);
        }
        lines.wait(Math.min(left, POLL_MILLIS));
      }
    }
  }

  /** Waits for its end and checks the exit code. */
  public Launched exits(int expected) throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still runs: " + this);
    }
    for (Thread reader : readers) {
      reader.join(PATIENCE.toMillis());
    }
    if (process.exitValue() != expected) {
      throw new AssertionError(
          "exit code " + process.exitValue() + " instead of " + expected + ": " + this);
    }
    return this;
  }

  /** Asks it to stop, with SIGTERM. (The destroy of Process would close its streams as well.) */
  public void terminate() {
    process.toHandle().destroy();
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** The id of the process. */
  public long pid() {
    return process.pid();
  }

  /** Ends it at once, with SIGKILL, and waits for that; what it started is left alone. */
  public void kill() throws InterruptedException {
    Signals.kill(process.pid());
    exits(SIGKILLED);
  }

  /** Stops it where it is, until {@link #resume}. */
  public void pause() throws IOException, InterruptedException {
    Signals.pause(process.pid());
  }

  /** Lets it go on. */
  public void resume() throws IOException, InterruptedException {
    Signals.resume(process.pid());
  }

  /** Its exit code, once it has ended. */
  public int exitCode() {
    return process.exitValue();
  }

  /** Its standard output up to now, by lines. */
  public List<String> out() {
    return copy(out);
  }

  /** Its standard error up to now, by lines. */
  public List<String> err() {
    return copy(err);
  }

  /** Kills it and what it started. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.toHandle().destroyForcibly(); // That of Process would close its streams as well.
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
