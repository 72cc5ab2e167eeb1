package dev.farpool.worker.exec;

import dev.farpool.executor.frame.FrameWriter;
import dev.farpool.executor.frame.Slice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * One connection of an executor, on the agent's side.
 *
 * <p>Sending tries the socket at once, on the caller's thread; what it does not take is written by
 * the selector's thread when it does. What waits is bounded by what an executor is given to do.
 * Sending is thread-safe; all else belongs to the selector's thread.
 */
final class Connection {
  /** Nobody is given memory before it has said who it is. */
  private static final int MOST_HELLO_BYTES = 1024;

  private final SocketChannel socket;
  private final FrameAssembler frames = new FrameAssembler(MOST_HELLO_BYTES);
  private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
  private SelectionKey key;
  private boolean reading = true;
  private volatile ChildExecutor executor;

  Connection(SocketChannel socket) {
    this.socket = socket;
  }

  void registered(SelectionKey selectionKey) {
    key = selectionKey;
  }

  /** Whose it is; null until it has said so. */
  ChildExecutor executor() {
    return executor;
  }

  void belongsTo(ChildExecutor owner) {
    executor = owner;
    frames.allow(Messages.MOST_FRAME_BYTES);
  }

  /** Sends frames, then bytes that belong to the last one. */
  synchronized void send(FrameWriter frame, List<ByteBuffer> rest) {
    waiting.addLast(ByteBuffer.wrap(frame.toByteArray()));
    waiting.addAll(rest);
    if (key.isValid() && (key.interestOps() & SelectionKey.OP_WRITE) == 0) {
      flush();
    }
  }

  void send(FrameWriter frame) {
    send(frame, List.of());
  }

  /** Writes what the socket takes, and asks to be called again for the rest. */
  synchronized void flush() {
    try {
      boolean taken = true;
      while (taken && !waiting.isEmpty()) {
        taken = writeSlice();
      }
    } catch (IOException peerGone) {
      // The process is dying: its exit is what counts, and is reported by the reaper.
      waiting.clear();
    }
    showInterest();
  }

  /** Whether the socket took something. */
  private boolean writeSlice() throws IOException {
    List<ByteBuffer> slice = new ArrayList<>();
    int left = Slice.BYTES;
    for (ByteBuffer buffer : waiting) {
      if (left == 0) {
        break;
      }
      int part = Math.min(left, buffer.remaining());
      slice.add(buffer.slice(buffer.position(), part));
      left -= part;
    }
    long written = socket.write(slice.toArray(new ByteBuffer[0]));
    dropWritten(written);
    return written > 0;
  }

  private void dropWritten(long written) {
    long left = written;
    while (!waiting.isEmpty() && left >= waiting.peekFirst().remaining()) {
      left -= waiting.pollFirst().remaining();
    }
    if (left > 0) {
      ByteBuffer first = waiting.peekFirst();
      first.position(first.position() + (int) left);
    }
  }

  /** Whether to read on; what is not read slows down the executor that prints it. */
  synchronized void setReading(boolean on) {
    reading = on;
    showInterest();
  }

  private void showInterest() {
    int interest =
        (reading ? SelectionKey.OP_READ : 0) | (waiting.isEmpty() ? 0 : SelectionKey.OP_WRITE);
    if (key.isValid() && key.interestOps() != interest) {
      key.interestOps(interest);
      key.selector().wakeup();
    }
  }

  /**
   * Reads what is there.
   *
   * @param rounds how often to fill the buffer at most, so that others get their turn
   * @return false at the end of the connection
   */
  boolean read(ByteBuffer buffer, int rounds, FrameAssembler.Receiver receiver) throws IOException {
    int read = 1;
    for (int round = 0; read > 0 && round < rounds; round++) {
      read = socket.read(buffer.clear());
      frames.feed(buffer.flip(), receiver);
    }
    return read >= 0;
  }

  boolean isOpen() {
    return socket.isOpen();
  }

  void close() {
    try {
      if (key != null) {
        key.cancel();
      }
      socket.close();
    } catch (IOException alreadyBroken) {
      return; // A socket that cannot even be closed is gone all the same.
    }
  }
}
