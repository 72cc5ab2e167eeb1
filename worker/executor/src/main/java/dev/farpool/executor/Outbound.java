package dev.farpool.executor;

import dev.farpool.executor.frame.FrameType;
import dev.farpool.executor.frame.FrameWriter;
import dev.farpool.executor.task.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits to be sent on the task channel: results of calls, gathered into blocks, and frames of
 * all other kinds, in one order.
 *
 * <p>Thread-safe by one lock, which is held while the socket takes the bytes: that is what slows
 * down a task that prints faster than its agent reads.
 */
final class Outbound {
  private static final int FULL = 64 * 1024;
  private static final int LARGE = 64 * 1024;

  /** Before an outcome has waited for so long, it is not worth a message of its own. */
  private static final long RIPE_NANOS = 200_000;

  /** No outcome waits longer for the next one, nor before others than the task thread send it. */
  private static final long LINGER_NANOS = 4_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final WritableByteChannel channel;
  private final FrameWriter frames = new FrameWriter();
  private final FrameWriter headers = new FrameWriter();
  private final FrameWriter values = new FrameWriter();
  private int count;
  private long ranNanos;
  private long waitingSince;
  private volatile boolean waiting;
  private volatile boolean ripe;
  private volatile int gathered;
  private volatile boolean closing;

  Outbound(WritableByteChannel channel) {
    this.channel = channel;
  }

  /** The lock, for those who put together more than one call. */
  ReentrantLock lock() {
    return lock;
  }

  /**
   * Adds the result of a call, and sends what has gathered if it is large or has waited long.
   *
   * @param now the time the call ended
   */
  void result(long index, int attempt, byte[] value, long nanos, long now) throws IOException {
    lock.lock();
    try {
      ranNanos += nanos;
      headers.putLong(index).putInt(attempt).putInt(value.length);
      count++;
      if (value.length >= LARGE) {
        sendLarge(value);
        return;
      }
      values.putRaw(value, 0, value.length);
      if (isDue(now) || frames.size() + values.size() + headers.size() >= FULL) {
        flush();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Adds any other outcome. */
  void outcome(long index, int attempt, Outcome outcome, long nanos, long now) throws IOException {
    lock.lock();
    try {
      closeBlock();
      frames.begin(FrameType.OUTCOME).putLong(nanos).putLong(index).putInt(attempt);
      frames.putByte(outcome.kind()).putRaw(outcome.message(), 0, outcome.message().length).end();
      if (isDue(now) || frames.size() >= FULL) {
        flush();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Adds what was printed. */
  void output(long index, int attempt, boolean stderr, byte[] bytes, int length)
      throws IOException {
    lock.lock();
    try {
      closeBlock();
      frames.begin(FrameType.OUTPUT).putLong(index).putInt(attempt);
      frames.putByte((byte) (stderr ? 1 : 0)).putRaw(bytes, 0, length).end();
      mark(System.nanoTime());
      if (closing || frames.size() >= FULL) {
        flush();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sends what the codec tells of a task, at once. */
  void note(long index, int attempt, byte[] data) throws IOException {
    FrameWriter frame = new FrameWriter();
    frame.begin(FrameType.NOTE).putLong(index).putInt(attempt);
    frame.putRaw(data, 0, data.length).end();
    send(frame);
  }

  /** Sends a frame of its own at once. */
  void send(FrameWriter frame) throws IOException {
    lock.lock();
    try {
      closeBlock();
      frames.append(frame);
      flush();
    } finally {
      lock.unlock();
    }
  }

  /** Sends what has gathered. */
  void flush() throws IOException {
    lock.lock();
    try {
      waiting = false;
      ripe = false;
      closeBlock();
      if (frames.size() > 0) {
        channel.write(frames.view());
        frames.clear();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether something waits to be sent. */
  boolean isWaiting() {
    return waiting;
  }

  /**
   * Whether news should go out for want of tasks: those who send tasks would hear too late that
   * there is room, with no more of them here than outcomes that wait.
   *
   * @param left how many tasks are here that have not begun
   */
  boolean isWanted(int left) {
    return ripe && gathered >= left;
  }

  /** Whether something has waited for long. To be called under the lock. */
  boolean isOverdue() {
    return waiting && System.nanoTime() - waitingSince >= LINGER_NANOS;
  }

  /** From now on output is sent at once: nobody may be there to send it later. */
  void close() throws IOException {
    closing = true;
    flush();
  }

  /** Whether it is time to send, with one more outcome. */
  private boolean isDue(long now) {
    mark(now);
    gathered++;
    ripe = now - waitingSince >= RIPE_NANOS;
    return now - waitingSince >= LINGER_NANOS;
  }

  private void mark(long now) {
    if (!waiting) {
      waiting = true;
      waitingSince = now;
      gathered = 0;
    }
  }

  private void sendLarge(byte[] value) throws IOException {
    closeBlock(value.length);
    flush();
    channel.write(ByteBuffer.wrap(value));
  }

  private void closeBlock() {
    if (count > 0) {
      closeBlock(0);
    }
  }

  private void closeBlock(int following) {
    frames.begin(FrameType.RESULTS).putLong(ranNanos).putInt(count);
    frames.append(headers).append(values);
    frames.end(following);
    headers.clear();
    values.clear();
    count = 0;
    ranNanos = 0;
  }
}
