package dev.farpool.executor.tree;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Sends signals by number, which the JDK cannot: it knows SIGTERM and SIGKILL only. */
public final class Signals {
  /** The number of SIGTERM. */
  public static final int TERM = 15;

  /** The number of SIGKILL. */
  public static final int KILL = 9;

  private static final int SECONDS = 10;

  private Signals() {}

  /**
   * Sends a signal to one process. Nothing happens if the process has ended.
   *
   * @param signal 1 to 64
   * @throws IOException if no shell could be started to send it
   */
  public static void send(ProcessHandle process, int signal) throws IOException {
    if (signal == TERM) {
      process.destroy();
    } else if (signal == KILL) {
      process.destroyForcibly();
    } else if (process.isAlive()) {
      kill(signal, process.pid());
    }
  }

  /** Kills all processes of a group at once; nothing happens where that is not possible. */
  static void killGroup(long group) {
    try {
      kill(KILL, -group);
    } catch (IOException noShell) {
      return; // They are killed one by one as well, by whoever calls this.
    }
  }

  /** Every POSIX shell has kill built in; a program of that name may not be installed. */
  private static void kill(int signal, long target) throws IOException {
    ProcessBuilder shell = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + target);
    shell.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    await(shell.start());
  }

  private static void await(Process shell) {
    try {
      if (!shell.waitFor(SECONDS, TimeUnit.SECONDS)) {
        shell.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
