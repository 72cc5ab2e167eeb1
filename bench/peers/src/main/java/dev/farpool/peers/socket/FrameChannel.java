package dev.farpool.peers.socket;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Frames of four bytes of length and that many bytes. Not thread-safe. */
final class FrameChannel implements AutoCloseable {
  private static final int LARGEST = 1 << 20;

  private final SocketChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(Integer.BYTES + LARGEST);

  FrameChannel(SocketChannel channel) {
    this.channel = channel;
  }

  void write(byte[] bytes) throws IOException {
    buffer.clear().putInt(bytes.length).put(bytes).flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** The next frame; null at the end of the stream between two frames. */
  byte[] read() throws IOException {
    buffer.clear();
    if (!fill(Integer.BYTES)) {
      return null;
    }
    int length = buffer.getInt(0);
    if (length < 0 || length > LARGEST) {
      throw new IOException("frame length must be 0 to " + LARGEST + ", not " + length);
    }
    if (!fill(Integer.BYTES + length)) {
      throw new EOFException("the stream ended within a frame");
    }
    if (buffer.position() > Integer.BYTES + length) {
      throw new IOException("a second frame came before the first was answered");
    }
    byte[] bytes = new byte[length];
    buffer.get(Integer.BYTES, bytes);
    return bytes;
  }

  /** Whether so many bytes are there; false if the stream ends before the first. */
  private boolean fill(int length) throws IOException {
    while (buffer.position() < length) {
      if (channel.read(buffer) < 0) {
        if (buffer.position() == 0) {
          return false;
        }
        throw new EOFException("the stream ended within a frame");
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
