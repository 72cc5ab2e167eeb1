package dev.farpool.executor;

import dev.farpool.executor.frame.Slice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;

/**
 * A socket that waits for its bytes and outlives interrupts.
 *
 * <p>The JDK closes a blocking channel when its thread is interrupted, and the task thread may be
 * interrupted at any time: by a cancel, or by the user's code. So the channel does not block; its
 * selectors do, which an interrupt only wakes. One thread may read while others write.
 */
final class PatientChannel implements ByteChannel {
  private static final long PAUSE_NANOS = 2_000_000;

  private final SocketChannel socket;
  private final Selector readable;
  private Selector writable;
  private volatile boolean leaving;

  /** Takes over a connected socket. */
  PatientChannel(SocketChannel socket) throws IOException {
    this.socket = socket;
    socket.configureBlocking(false);
    readable = socket.provider().openSelector();
    socket.register(readable, SelectionKey.OP_READ);
  }

  /** Reads at least one byte; an interrupt while waiting is forgotten. */
  @Override
  public int read(ByteBuffer target) throws IOException {
    int read = socket.read(target);
    while (read == 0 && target.hasRemaining()) {
      awaitReadable();
      Thread.interrupted();
      read = socket.read(target);
    }
    return read;
  }

  private void awaitReadable() throws IOException {
    if (leaving) {
      LockSupport.parkNanos(PAUSE_NANOS);
    } else {
      readable.select();
      readable.selectedKeys().clear();
    }
  }

  /**
   * The process is about to exit: the reader goes on, but looks for bytes every two milliseconds. A
   * JVM that exits waits up to 300 ms for threads that are inside a system call.
   */
  void leave() {
    leaving = true;
    readable.wakeup();
  }

  /** The same bytes, for a reader in a hurry: it reads what is there, if only nothing. */
  ReadableByteChannel hurried() {
    return socket;
  }

  /** Writes all bytes; an interrupt on the way is kept. */
  @Override
  public synchronized int write(ByteBuffer source) throws IOException {
    int length = source.remaining();
    boolean interrupted = false;
    while (source.hasRemaining()) {
      if (writeSlice(source) == 0) {
        interrupted |= awaitWritable();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return length;
  }

  private int writeSlice(ByteBuffer source) throws IOException {
    int length = Math.min(source.remaining(), Slice.BYTES);
    int written = socket.write(source.slice(source.position(), length));
    source.position(source.position() + written);
    return written;
  }

  private boolean awaitWritable() throws IOException {
    if (writable == null) {
      writable = socket.provider().openSelector();
      socket.register(writable, SelectionKey.OP_WRITE);
    }
    boolean interrupted = Thread.interrupted();
    writable.select();
    writable.selectedKeys().clear();
    return interrupted;
  }

  @Override
  public boolean isOpen() {
    return socket.isOpen();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
