package dev.farpool.executor;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/** The executor's {@code System.out} and {@code System.err}, and what waits on their way. */
final class Stdio {
  private final Outbound outbound;
  private final LineStream out;
  private final LineStream err;

  Stdio(Outbound outbound, Watch watch) {
    this.outbound = outbound;
    LineStream[] pair = LineStream.pair(outbound, watch);
    this.out = pair[0];
    this.err = pair[1];
  }

  /** Puts them in the place of the process's own. */
  void install(boolean discard) {
    System.setOut(printer(discard ? OutputStream.nullOutputStream() : out));
    System.setErr(printer(discard ? OutputStream.nullOutputStream() : err));
  }

  /** Where bytes for standard output, or standard error, go. */
  OutputStream stream(boolean stderr) {
    return stderr ? err : out;
  }

  /** Labels what is printed from now on. */
  void label(long index, int attempt) throws IOException {
    outbound.lock().lock();
    try {
      out.label(index, attempt);
      err.label(index, attempt);
    } finally {
      outbound.lock().unlock();
    }
  }

  /** What {@link #flushWaiting} found. */
  enum Waiting {
    NOTHING,
    /** Something that the task thread is likely to send itself. */
    YOUNG,
    /** Something that it was time to send. */
    SENT
  }

  /**
   * Sends what waits, unless a thread is sending just now. A result that has only just come is left
   * for the next time: the task thread is likely to send it together with the one after it.
   */
  Waiting flushWaiting() throws IOException {
    ReentrantLock lock = outbound.lock();
    if (!lock.tryLock()) {
      return Waiting.YOUNG;
    }
    try {
      boolean lines = out.hasLines() || err.hasLines();
      if (lines || outbound.isOverdue()) {
        out.sendLines();
        err.sendLines();
        outbound.flush();
        return Waiting.SENT;
      }
      return outbound.isWaiting() ? Waiting.YOUNG : Waiting.NOTHING;
    } finally {
      lock.unlock();
    }
  }

  /** Sends everything, also lines without an end, and from now on at once. */
  void close() throws IOException {
    System.out.flush();
    System.err.flush();
    label(-1, 0);
    outbound.close();
  }

  private static PrintStream printer(OutputStream target) {
    return new PrintStream(target, false, StandardCharsets.UTF_8);
  }
}
