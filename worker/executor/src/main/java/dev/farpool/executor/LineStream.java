package dev.farpool.executor;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * What user code prints, cut into whole lines and labelled with the task that runs.
 *
 * <p>A line longer than 64 KiB is sent in pieces, the last line of a task without its end. Lines
 * that have gathered are sent before the next result, when the other stream of the pair prints, and
 * by the {@link Watch} a moment later. Standard error waits for nothing: it may be the last word of
 * a process that is about to die. Thread-safe.
 */
final class LineStream extends OutputStream {
  private static final int CAPACITY = 64 * 1024;

  private final Outbound outbound;
  private final Watch watch;
  private final boolean stderr;
  private byte[] buffer = new byte[1024];
  private int size;
  private int lines;
  private long index = -1;
  private int attempt;
  private LineStream other;

  private LineStream(Outbound outbound, Watch watch, boolean stderr) {
    this.outbound = outbound;
    this.watch = watch;
    this.stderr = stderr;
  }

  /** Standard output and standard error, which keep their order between them. */
  static LineStream[] pair(Outbound outbound, Watch watch) {
    LineStream out = new LineStream(outbound, watch, false);
    LineStream err = new LineStream(outbound, watch, true);
    out.other = err;
    err.other = out;
    return new LineStream[] {out, err};
  }

  /**
   * Labels what is printed from now on; what was printed before is sent with its old label. To be
   * called under the lock.
   */
  void label(long newIndex, int newAttempt) throws IOException {
    send(size);
    index = newIndex;
    attempt = newAttempt;
  }

  /** Sends the lines that are whole. To be called under the lock. */
  void sendLines() throws IOException {
    send(lines);
  }

  /** Whether a whole line waits. */
  boolean hasLines() {
    return lines > 0;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    outbound.lock().lock();
    try {
      if (other.lines > 0) {
        other.send(other.lines);
      }
      for (int at = 0; at < length; ) {
        int piece = Math.min(length - at, CAPACITY - size);
        append(bytes, offset + at, piece);
        at += piece;
        if (size == CAPACITY) {
          send(lines > 0 ? lines : size);
        }
      }
      if (stderr && lines > 0) {
        send(lines);
        outbound.flush();
      }
    } finally {
      outbound.lock().unlock();
    }
    if (lines > 0) {
      watch.arm();
    }
  }

  private void append(byte[] bytes, int offset, int length) {
    if (buffer.length - size < length) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + length));
    }
    System.arraycopy(bytes, offset, buffer, size, length);
    for (int at = length; at > 0; at--) {
      if (bytes[offset + at - 1] == '\n') {
        lines = size + at;
        break;
      }
    }
    size += length;
  }

  private void send(int length) throws IOException {
    if (length > 0) {
      outbound.output(index, attempt, stderr, buffer, length);
      System.arraycopy(buffer, length, buffer, 0, size - length);
      size -= length;
    }
    lines = 0;
  }
}
