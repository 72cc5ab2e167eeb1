package dev.farpool.executor;

import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * How long an executor may serve: code that leaks or ages gets a fresh process in time. Not
 * thread-safe; owned by the task thread.
 */
final class Lifetime {
  private static final long LOOK_NANOS = 10_000_000;
  private static final long PAGE_BYTES = 4096;
  private static final String STATM = "/proc/self/statm";

  private final long mostNanos;
  private final long mostBytes;
  private final long startNanos = System.nanoTime();
  private long lookedNanos = startNanos - LOOK_NANOS;

  /**
   * @param mostNanos 0 for any age
   * @param mostBytes 0 for any size
   */
  Lifetime(long mostNanos, long mostBytes) {
    this.mostNanos = mostNanos;
    this.mostBytes = mostBytes;
  }

  /** Whether no further task is to be run. */
  boolean isOver(long now) {
    return (mostNanos > 0 && now - startNanos >= mostNanos) || (mostBytes > 0 && isTooLarge(now));
  }

  private boolean isTooLarge(long now) {
    if (now - lookedNanos < LOOK_NANOS) {
      return false;
    }
    lookedNanos = now;
    return residentBytes() > mostBytes;
  }

  private static long residentBytes() {
    try (RandomAccessFile statm = new RandomAccessFile(STATM, "r")) {
      String line = statm.readLine();
      int from = line.indexOf(' ') + 1;
      return Long.parseLong(line.substring(from, line.indexOf(' ', from))) * PAGE_BYTES;
    } catch (IOException notLinux) {
      return 0; // There the limit is documented to mean nothing.
    }
  }
}
