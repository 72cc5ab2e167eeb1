package dev.farpool.call;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Grows an array of bytes; numbers are written little end first. Not thread-safe. */
final class ByteWriter extends OutputStream {
  private byte[] buffer;
  private int size;

  ByteWriter(int capacity) {
    buffer = new byte[capacity];
  }

  byte[] buffer() {
    return buffer;
  }

  int size() {
    return size;
  }

  /** Drops what was written after this size. */
  void rewind(int size) {
    this.size = size;
  }

  /** The bytes. Nothing may be written any more: a large array that is full is not copied. */
  byte[] toByteArray() {
    return size == buffer.length ? buffer : Arrays.copyOf(buffer, size);
  }

  /** Makes room for this many bytes and gives the position to write them at. */
  int claim(int bytes) {
    int from = size;
    if (bytes > buffer.length - from) {
      grow(bytes);
    }
    size = from + bytes;
    return from;
  }

  private void grow(int bytes) {
    long needed = (long) size + bytes;
    if (needed > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("a call or result must be below 2 GiB");
    }
    long doubled = Math.min(2L * buffer.length, Integer.MAX_VALUE - 8);
    buffer = Arrays.copyOf(buffer, (int) Math.max(needed, doubled));
  }

  @Override
  public void write(int value) {
    int at = claim(1);
    buffer[at] = (byte) value;
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    int at = claim(length);
    System.arraycopy(bytes, from, buffer, at, length);
  }

  void fixed16(int value) {
    int at = claim(2);
    buffer[at] = (byte) value;
    buffer[at + 1] = (byte) (value >>> 8);
  }

  void fixed32(int value) {
    putFixed32(claim(4), value);
  }

  void fixed64(long value) {
    putFixed64(claim(8), value);
  }

  /** Writes into room that was claimed before. */
  void putFixed32(int at, int value) {
    byte[] to = buffer;
    to[at] = (byte) value;
    to[at + 1] = (byte) (value >>> 8);
    to[at + 2] = (byte) (value >>> 16);
    to[at + 3] = (byte) (value >>> 24);
  }

  /** Writes into room that was claimed before. */
  void putFixed64(int at, long value) {
    putFixed32(at, (int) value);
    putFixed32(at + 4, (int) (value >>> 32));
  }

  void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    write((int) rest);
  }

  /** Small numbers of either sign become few bytes. */
  void zigzag(long value) {
    varint((value << 1) ^ (value >> 63));
  }

  /**
   * A text kept exactly, unpaired surrogates included: its length, then one byte a character where
   * that is enough, else two.
   */
  void text(String text) {
    boolean narrow = isLatin1(text);
    varint(((long) text.length() << 1) | (narrow ? 0 : 1));
    if (narrow) {
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      write(bytes, 0, bytes.length);
    } else {
      for (int i = 0; i < text.length(); i++) {
        fixed16(text.charAt(i));
      }
    }
  }

  private static boolean isLatin1(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xFF) {
        return false;
      }
    }
    return true;
  }
}
