package dev.farpool.peers.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process that was started here, and the lines it prints. */
public final class Child {
  private static final long GRACE_SECONDS = 15;
  private static final int LAST_LINES = 15;
  private static final String END = new String("end");

  private final String name;
  private final Process process;
  private final Path errors;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  Child(String name, Process process, Path errors) {
    this.name = name;
    this.process = process;
    this.errors = errors;
    Thread reader = new Thread(this::read, "reads " + name);
    reader.setDaemon(true);
    reader.start();
  }

  /** The process itself. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  private void read() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      out.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException ended) {
      // It was stopped while it wrote.
    } finally {
      lines.add(END);
    }
  }

  /**
   * What follows the mark in the first line that has it.
   *
   * @throws IllegalStateException if it does not come in time
   */
  public String await(String mark, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    String line = next(end);
    while (line != null) {
      int at = line.indexOf(mark);
      if (at >= 0) {
        return line.substring(at + mark.length());
      }
      line = next(end);
    }
    throw failed("ended before it printed \"" + mark + "\"");
  }

  /**
   * All further lines up to its end.
   *
   * @throws IllegalStateException if it fails or does not end in time
   */
  public List<String> lines(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    List<String> all = new ArrayList<>();
    for (String line = next(end); line != null; line = next(end)) {
      all.add(line);
    }
    if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw failed("failed");
    }
    return all;
  }

  /** Null at the end. */
  @SuppressWarnings("ReferenceEquality") // A line of the same text is a line.
  private String next(long end) throws InterruptedException {
    String line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    if (line == null) {
      throw failed("took too long");
    }
    return line == END ? null : line;
  }

  private IllegalStateException failed(String how) {
    return new IllegalStateException(name + " " + how + lastErrors());
  }

  private String lastErrors() {
    try {
      List<String> all =
          new String(Files.readAllBytes(errors), StandardCharsets.UTF_8).lines().toList();
      List<String> last = all.subList(Math.max(0, all.size() - LAST_LINES), all.size());
      return last.isEmpty() ? "" : ":\n  " + String.join("\n  ", last);
    } catch (IOException unreadable) {
      return ", and what it said is lost: " + unreadable;
    }
  }

  /** Ends it and all that it started, by force where asking does not help. */
  void stop() {
    List<ProcessHandle> family = process.descendants().toList();
    process.destroy();
    if (!ended()) {
      process.destroyForcibly();
    }
    family.forEach(ProcessHandle::destroyForcibly);
  }

  private boolean ended() {
    try {
      return process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
