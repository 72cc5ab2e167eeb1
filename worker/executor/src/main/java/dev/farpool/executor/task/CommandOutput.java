package dev.farpool.executor.task;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/**
 * Forwards what commands print, one command at a time.
 *
 * <p>A command that comes after a brief one is expected to be brief too: what it prints stays in
 * its pipes until it has ended, as to wake two threads that find nothing takes a tenth of the time
 * of a short command. If it goes on it is read from then on. Owned by the task thread.
 */
final class CommandOutput {
  private static final long BRIEF_NANOS = 20_000_000;

  /** Well below what a pipe holds: beyond that, a command waits for its reader. */
  private static final int LITTLE_BYTES = 8 * 1024;

  private final Pump stdout;
  private final Pump stderr;
  private boolean brief;
  private boolean reading;

  CommandOutput(OutputStream stdout, OutputStream stderr) {
    this.stdout = new Pump("farpool-stdout", stdout);
    this.stderr = new Pump("farpool-stderr", stderr);
  }

  /** A command has been started. */
  void begin(Process command) {
    reading = false;
    if (!brief) {
      startReading(command);
    }
  }

  /**
   * Waits until the command has ended, and has its output read if that takes long.
   *
   * @throws InterruptedException if interrupted; it may be called again
   */
  void await(Process command) throws InterruptedException {
    if (!reading && !command.waitFor(BRIEF_NANOS, TimeUnit.NANOSECONDS)) {
      startReading(command);
    }
    command.waitFor();
  }

  /**
   * Forwards the rest, of a command that has ended with all that came from it.
   *
   * @param nanos how long it ran
   */
  void finish(Process command, long nanos) throws IOException {
    brief = nanos < BRIEF_NANOS;
    brief &= stdout.finish(command.getInputStream()) <= LITTLE_BYTES;
    brief &= stderr.finish(command.getErrorStream()) <= LITTLE_BYTES;
  }

  private void startReading(Process command) {
    reading = true;
    stdout.begin(command.getInputStream());
    stderr.begin(command.getErrorStream());
  }
}
