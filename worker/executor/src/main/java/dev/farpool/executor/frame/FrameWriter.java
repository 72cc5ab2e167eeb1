package dev.farpool.executor.frame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Builds frames, one after the other, in a growing array.
 *
 * <p>A frame is its length (4 bytes, big-endian, what follows), its type (1 byte) and its fields.
 * Byte strings have their length (4 bytes) before them. Not thread-safe.
 */
public final class FrameWriter {
  private static final int KEPT = 256 * 1024;

  private byte[] bytes = new byte[1024];
  private int size;
  private int frame;

  /** Begins a frame. */
  public FrameWriter begin(byte type) {
    frame = size;
    putInt(0);
    return putByte(type);
  }

  /** Ends the frame begun. */
  public void end() {
    end(0);
  }

  /** Ends the frame begun, whose last bytes, this many, are written after it from elsewhere. */
  public void end(int following) {
    setInt(frame, size - frame - Integer.BYTES + following);
  }

  /** Adds a byte. */
  public FrameWriter putByte(byte value) {
    reserve(1);
    bytes[size++] = value;
    return this;
  }

  /** Adds four bytes. */
  public FrameWriter putInt(int value) {
    reserve(Integer.BYTES);
    setInt(size, value);
    size += Integer.BYTES;
    return this;
  }

  /** Adds eight bytes. */
  public FrameWriter putLong(long value) {
    return putInt((int) (value >>> 32)).putInt((int) value);
  }

  /** Adds a length and as many bytes. */
  public FrameWriter putBytes(byte[] value) {
    return putInt(value.length).putRaw(value, 0, value.length);
  }

  /** Adds a length and UTF-8 text. */
  public FrameWriter putString(String value) {
    return putBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds bytes without their length. */
  public FrameWriter putRaw(byte[] value, int offset, int length) {
    reserve(length);
    System.arraycopy(value, offset, bytes, size, length);
    size += length;
    return this;
  }

  /** Adds what another writer has. */
  public FrameWriter append(FrameWriter other) {
    return putRaw(other.bytes, 0, other.size);
  }

  /** How many bytes the frames have so far. */
  public int size() {
    return size;
  }

  /** The frames; a view that the next change makes invalid. */
  public ByteBuffer view() {
    return ByteBuffer.wrap(bytes, 0, size);
  }

  /** The frames, as an array of their own. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Forgets all frames. */
  public void clear() {
    size = 0;
    if (bytes.length > KEPT) {
      bytes = new byte[1024];
    }
  }

  private void setInt(int at, int value) {
    bytes[at] = (byte) (value >>> 24);
    bytes[at + 1] = (byte) (value >>> 16);
    bytes[at + 2] = (byte) (value >>> 8);
    bytes[at + 3] = (byte) value;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
    }
  }
}
