package dev.farpool.worker.core;

/**
 * How an executor ended, and how far it had come.
 *
 * @param pid its process id; 0 if it was never started
 * @param code the exit code, 128 + n for signal n; -1 if it was never started
 * @param goodbye whether it said that it exits in its own order
 * @param signal the signal that made it say so, or 0
 * @param claimed how many of the tasks it was given it had begun, counting those taken back
 * @param ended the same for those it had ended
 * @param oomKilled whether the kernel killed a process of it for want of memory
 * @param stderr the end of what it wrote to standard error; if it was never started, why
 */
public record ExecutorExit(
    long pid,
    int code,
    boolean goodbye,
    int signal,
    long claimed,
    long ended,
    boolean oomKilled,
    String stderr) {

  private static final int SIGNALLED = 128;
  private static final int KILL = 9;
  private static final int EXIT_OUT_OF_MEMORY = 113;
  private static final int JVM_EXIT_OUT_OF_MEMORY = 3;

  /** An executor for which no process could be started. */
  public static ExecutorExit notStarted(String reason) {
    return new ExecutorExit(0, -1, false, 0, 0, 0, false, reason);
  }

  /** The number of the signal that killed it, or 0. */
  int killedBy() {
    if (goodbye) {
      return signal;
    }
    return code > SIGNALLED && code <= SIGNALLED + 64 ? code - SIGNALLED : 0;
  }

  /** Whether it ran out of memory: by its own word, the JVM's last words, or the kernel's deed. */
  boolean outOfMemory() {
    return !goodbye
        && (code == EXIT_OUT_OF_MEMORY
            || (oomKilled && killedBy() == KILL)
            || (code == JVM_EXIT_OUT_OF_MEMORY && stderr.contains("OutOfMemoryError")));
  }
}
