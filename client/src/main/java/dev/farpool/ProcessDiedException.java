package dev.farpool;

import java.util.OptionalInt;

/**
 * The process of a task ended before the task had a result: by {@code System.exit}, a signal, or
 * for want of memory.
 */
public class ProcessDiedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Integer exitCode;
  private final boolean outOfMemory;
  private final String standardErrorTail;
  private final String host;
  private final int attempts;

  ProcessDiedException(
      Integer exitCode, boolean outOfMemory, String tail, String host, int attempts) {
    super(message(exitCode, outOfMemory, tail, host, attempts));
    this.exitCode = exitCode;
    this.outOfMemory = outOfMemory;
    this.standardErrorTail = tail;
    this.host = host;
    this.attempts = attempts;
  }

  private static String message(
      Integer exitCode, boolean outOfMemory, String tail, String host, int attempts) {
    String how = "ended";
    if (outOfMemory) {
      how = "ran out of memory";
    } else if (exitCode != null) {
      how = exitCode < 0 ? "was killed by signal " + -exitCode : "exited with code " + exitCode;
    }
    return "the task's process "
        + how
        + (host.isEmpty() ? "" : " on " + host)
        + " before the task had a result ("
        + (attempts == 1 ? "1 attempt)" : attempts + " attempts)")
        + (tail.isEmpty() ? "" : "; its last words:\n" + tail.stripTrailing());
  }

  /** Its exit code; −N if it was killed by signal N; empty if that is not known. */
  public OptionalInt exitCode() {
    return exitCode == null ? OptionalInt.empty() : OptionalInt.of(exitCode);
  }

  /** Whether it ran out of memory. */
  public boolean outOfMemory() {
    return outOfMemory;
  }

  /** The last lines it wrote to standard error; may be empty. */
  public String standardErrorTail() {
    return standardErrorTail;
  }

  /** The host of the last attempt. */
  public String host() {
    return host;
  }

  /** How often the task was tried. */
  public int attempts() {
    return attempts;
  }
}
