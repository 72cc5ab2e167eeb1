package dev.farpool.chaos.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Signals to processes, those too that Java has no name for. */
public final class Signals {
  private Signals() {}

  /** Stops a process where it is, until {@link #resume}. */
  public static void pause(long pid) throws IOException, InterruptedException {
    send("STOP", pid);
  }

  /** Lets a stopped process go on. */
  public static void resume(long pid) throws IOException, InterruptedException {
    send("CONT", pid);
  }

  /** Ends a process at once. One that is no more is left alone. */
  public static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  /**
   * Whether a process is there; one that has ended and was not asked after by its parent is not.
   */
  public static boolean isThere(long pid) throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  private static void send(String signal, long pid) throws IOException, InterruptedException {
    Shell.run("sh", "-c", "kill -" + signal + " " + pid);
  }
}
