package dev.farpool.worker.exec;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

/** Puts frames together from the pieces in which they arrive. Not thread-safe. */
final class FrameAssembler {
  private final ByteBuffer header = ByteBuffer.allocate(Integer.BYTES);
  private ByteBuffer body;

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
        int length = bytes.getInt();
        receiver.frame(bytes.slice(bytes.position(), length));
        bytes.position(bytes.position() + length);
      } else {
        gather(bytes, receiver);
      }
    }
  }

  private static boolean hasWholeFrame(ByteBuffer bytes) throws IOException {
    return bytes.remaining() >= Integer.BYTES
        && bytes.remaining() - Integer.BYTES >= checked(bytes.getInt(bytes.position()));
  }

  private void gather(ByteBuffer bytes, Receiver receiver) throws IOException {
    if (body == null) {
      move(bytes, header);
      if (!header.hasRemaining()) {
        body = ByteBuffer.allocate(checked(header.getInt(0)));
      }
    } else {
      move(bytes, body);
      if (!body.hasRemaining()) {
        ByteBuffer frame = body.flip();
        body = null;
        header.clear();
        receiver.frame(frame);
      }
    }
  }

  private static void move(ByteBuffer from, ByteBuffer to) {
    int count = Math.min(from.remaining(), to.remaining());
    to.put(from.slice(from.position(), count));
    from.position(from.position() + count);
  }

  private static int checked(int length) throws IOException {
    if (length < 1) {
      throw new ProtocolException("frame length must be at least 1, not " + length);
    }
    return length;
  }
}
