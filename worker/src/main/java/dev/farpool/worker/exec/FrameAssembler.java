package dev.farpool.worker.exec;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

/**
 * Puts frames together from the pieces in which they arrive. Memory is taken for what has come, not
 * for what a frame says it has. Not thread-safe.
 */
final class FrameAssembler {
  /** What is taken at once, so that usual large results are not copied from array to array. */
  private static final int FIRST_BYTES = 4 << 20;

  private final ByteBuffer header = ByteBuffer.allocate(Integer.BYTES);
  private int mostBytes;
  private ByteBuffer body;
  private int length;

  /**
   * @param mostBytes a longer frame is refused, until more is allowed
   */
  FrameAssembler(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** From the next frame on, a longer one is refused. */
  void allow(int bytes) {
    mostBytes = bytes;
  }

  /** Takes a frame without its length; the bytes are valid only during the call. */
  interface Receiver {
    void frame(ByteBuffer frame) throws IOException;
  }

  /**
   * Takes the next bytes.
   *
   * @throws IOException if they cannot be frames, or the receiver refuses one
   */
  void feed(ByteBuffer bytes, Receiver receiver) throws IOException {
    while (bytes.hasRemaining()) {
      if (body == null && header.position() == 0 && hasWholeFrame(bytes)) {
        int whole = bytes.getInt();
        receiver.frame(bytes.slice(bytes.position(), whole));
        bytes.position(bytes.position() + whole);
      } else {
        gather(bytes, receiver);
      }
    }
  }

  private boolean hasWholeFrame(ByteBuffer bytes) throws IOException {
    return bytes.remaining() >= Integer.BYTES
        && bytes.remaining() - Integer.BYTES >= checked(bytes.getInt(bytes.position()));
  }

  private void gather(ByteBuffer bytes, Receiver receiver) throws IOException {
    if (body == null) {
      move(bytes, header);
      if (!header.hasRemaining()) {
        length = checked(header.getInt(0));
        body = ByteBuffer.allocate(Math.min(length, FIRST_BYTES));
      }
    } else {
      move(bytes, body);
      if (body.position() == length) {
        ByteBuffer frame = body.flip();
        body = null;
        header.clear();
        receiver.frame(frame);
      } else if (!body.hasRemaining()) {
        int doubled = (int) Math.min(length, 2L * body.capacity());
        body = ByteBuffer.allocate(doubled).put(body.flip());
      }
    }
  }

  private static void move(ByteBuffer from, ByteBuffer to) {
    int count = Math.min(from.remaining(), to.remaining());
    to.put(from.slice(from.position(), count));
    from.position(from.position() + count);
  }

  private int checked(int announced) throws IOException {
    if (announced < 1 || announced > mostBytes) {
      throw new ProtocolException("frame length must be 1 to " + mostBytes + ", not " + announced);
    }
    return announced;
  }
}
