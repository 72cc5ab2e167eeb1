package dev.farpool.executor;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Which tasks have started, by sequence number.
 *
 * <p>A task starts only after it was claimed, and a task that was recalled cannot be claimed any
 * more. How far claims and ends have come also stands in a page of a file which outlives this
 * process, so that the agent knows which task a dead executor ran, whatever was still unsent.
 *
 * <p>Thread-safe: the task thread begins and ends, the control thread interrupts and recalls.
 */
public final class Claims {
  /** The size of the page: the number claimed (long), the number ended (long). */
  public static final int PAGE_BYTES = 2 * Long.BYTES;

  private static final long NONE = -1;

  private final MappedByteBuffer page;
  private final Thread taskThread;
  private long next;
  private long running = NONE;

  private Claims(MappedByteBuffer page, Thread taskThread) {
    this.page = page;
    this.taskThread = taskThread;
  }

  static Claims open(String file, Thread taskThread) throws IOException {
    try (FileChannel channel =
        FileChannel.open(Path.of(file), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new Claims(channel.map(FileChannel.MapMode.READ_WRITE, 0, PAGE_BYTES), taskThread);
    }
  }

  /** Claims the task, which then runs; false if it was recalled. */
  synchronized boolean begin(long sequence) {
    if (sequence < next) {
      return false;
    }
    next = sequence + 1;
    page.putLong(0, next);
    running = sequence;
    return true;
  }

  /** The running task has ended; an interrupt that was meant for it goes no further. */
  synchronized void end() {
    page.putLong(Long.BYTES, running + 1);
    running = NONE;
    Thread.interrupted();
  }

  /** Interrupts the task thread if it runs this very task. */
  synchronized void interrupt(long sequence) {
    if (running == sequence) {
      taskThread.interrupt();
    }
  }

  /**
   * Takes back the tasks below a sequence that have not started.
   *
   * @return the first of them; the same sequence if there is none
   */
  synchronized long recall(long below) {
    long first = Math.min(next, below);
    next = Math.max(next, below);
    return first;
  }
}
