package dev.farpool.cli.map;

/**
 * How a job ended.
 *
 * @param exitValue what it exited with; 0 if a signal killed it; -1 if it has no exit status
 * @param signal the number of the signal that killed it, or 0
 * @param trouble why it has no exit status, for a person; empty if it has one
 */
public record Ending(int exitValue, int signal, String trouble) {
  private static final int SIGNAL_BASE = 128;
  private static final int OTHER = 255;

  /** Whether it did not do what it was to do. */
  public boolean isFailed() {
    return exitValue != 0 || signal != 0;
  }

  /** What a shell would tell of it. */
  public int exitCode() {
    return signal > 0 ? SIGNAL_BASE + signal : exitValue < 0 ? OTHER : exitValue;
  }
}
