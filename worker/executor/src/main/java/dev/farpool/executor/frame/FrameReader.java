package dev.farpool.executor.frame;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;

/**
 * Reads frames from a channel that waits for its bytes, field by field, so that a large body goes
 * straight into its own array. The counterpart of {@link FrameWriter}. Not thread-safe.
 */
public final class FrameReader {
  /** What {@link #next} gives when the channel has ended. */
  public static final int END = -1;

  private final ReadableByteChannel channel;
  private final ByteBuffer buffer;
  private int remaining;

  /**
   * @param buffer how many bytes to read ahead
   */
  public FrameReader(ReadableByteChannel channel, int buffer) {
    this.channel = channel;
    this.buffer = ByteBuffer.allocateDirect(buffer).limit(0);
  }

  /**
   * Goes on to the next frame; what was not read of the last one is skipped.
   *
   * @return its type, or {@link #END}
   * @throws IOException if the channel fails or ends within a frame
   */
  public int next() throws IOException {
    while (remaining > 0) {
      readInto(new byte[Math.min(remaining, Slice.BYTES)]);
    }
    if (!buffer.hasRemaining() && !fillOnce()) {
      return END;
    }
    remaining = Integer.MAX_VALUE;
    int length = readInt();
    if (length < 1) {
      throw new IOException("frame length must be at least 1, not " + length);
    }
    remaining = length;
    return readByte();
  }

  /**
   * Reads more, if nothing has been read yet of the frame that follows.
   *
   * @param hurried where the bytes come from, which gives what it has and does not wait
   * @return whether a frame follows
   */
  public boolean readAhead(ReadableByteChannel hurried) throws IOException {
    if (!isFollowed()) {
      fillOnce(hurried);
    }
    return isFollowed();
  }

  private boolean isFollowed() {
    return buffer.remaining() > remaining;
  }

  /** How many bytes of the frame are left. */
  public int remaining() {
    return remaining;
  }

  /** Reads a byte. */
  public byte readByte() throws IOException {
    take(1);
    return buffer.get();
  }

  /** Reads four bytes. */
  public int readInt() throws IOException {
    take(Integer.BYTES);
    return buffer.getInt();
  }

  /** Reads eight bytes. */
  public long readLong() throws IOException {
    take(Long.BYTES);
    return buffer.getLong();
  }

  /** Reads a length and UTF-8 text. */
  public String readString() throws IOException {
    return new String(readBytes(), StandardCharsets.UTF_8);
  }

  /** Reads a length and as many bytes. */
  public byte[] readBytes() throws IOException {
    return readRaw(readInt());
  }

  /** Reads this many bytes. */
  public byte[] readRaw(int length) throws IOException {
    if (length < 0 || length > remaining) {
      throw new IOException("field of " + length + " bytes in the last " + remaining);
    }
    return readInto(new byte[length]);
  }

  private byte[] readInto(byte[] target) throws IOException {
    int at = Math.min(target.length, buffer.remaining());
    buffer.get(target, 0, at);
    while (at < target.length) {
      int slice = Math.min(target.length - at, Slice.BYTES);
      int read = channel.read(ByteBuffer.wrap(target, at, slice));
      if (read < 0) {
        throw new EOFException("the channel ended within a frame");
      }
      at += read;
    }
    remaining -= target.length;
    return target;
  }

  private void take(int length) throws IOException {
    if (length > remaining) {
      throw new IOException("field of " + length + " bytes in the last " + remaining);
    }
    while (buffer.remaining() < length) {
      if (!fillOnce()) {
        throw new EOFException("the channel ended within a frame");
      }
    }
    remaining -= length;
  }

  private boolean fillOnce() throws IOException {
    return fillOnce(channel) >= 0;
  }

  private int fillOnce(ReadableByteChannel source) throws IOException {
    buffer.compact();
    try {
      return source.read(buffer);
    } finally {
      buffer.flip();
    }
  }
}
