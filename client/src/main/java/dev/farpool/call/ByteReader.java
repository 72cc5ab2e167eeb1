package dev.farpool.call;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads what {@link ByteWriter} wrote, checking every length. Not thread-safe. */
final class ByteReader extends InputStream {
  private final byte[] bytes;
  private final int limit;
  private int position;

  ByteReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  ByteReader(byte[] bytes, int from, int length) {
    this.bytes = bytes;
    this.position = from;
    this.limit = from + length;
  }

  int remaining() {
    return limit - position;
  }

  /** Passes over this many bytes and gives the position they begin at. */
  int claim(int count) {
    if (count < 0 || count > limit - position) {
      throw new MalformedCallException(count + " bytes wanted, " + remaining() + " are left");
    }
    int from = position;
    position += count;
    return from;
  }

  byte[] array() {
    return bytes;
  }

  @Override
  public int read() {
    return position < limit ? bytes[position++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int from, int length) {
    if (position == limit) {
      return length == 0 ? 0 : -1;
    }
    int count = Math.min(length, limit - position);
    System.arraycopy(bytes, claim(count), into, from, count);
    return count;
  }

  @Override
  public int available() {
    return remaining();
  }

  int unsigned8() {
    return bytes[claim(1)] & 0xFF;
  }

  int fixed16() {
    int at = claim(2);
    return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
  }

  int fixed32() {
    return fixed32At(claim(4));
  }

  long fixed64() {
    return fixed64At(claim(8));
  }

  int fixed32At(int at) {
    byte[] from = bytes;
    return (from[at] & 0xFF)
        | (from[at + 1] & 0xFF) << 8
        | (from[at + 2] & 0xFF) << 16
        | from[at + 3] << 24;
  }

  long fixed64At(int at) {
    return (fixed32At(at) & 0xFFFFFFFFL) | (long) fixed32At(at + 4) << 32;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = unsigned8();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new MalformedCallException("a number is longer than 64 bits");
  }

  long zigzag() {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** A count of things that take at least this many bytes each. */
  int count(int bytesEach) {
    long count = varint();
    if (count < 0 || count > remaining() / bytesEach) {
      throw new MalformedCallException(count + " items announced, " + remaining() + " bytes left");
    }
    return (int) count;
  }

  String text() {
    long header = varint();
    long length = header >>> 1;
    boolean wide = (header & 1) != 0;
    if (length > remaining()) {
      throw new MalformedCallException("a text of " + length + " characters is cut off");
    }
    return wide ? wideText((int) length) : narrowText((int) length);
  }

  private String narrowText(int length) {
    return new String(bytes, claim(length), length, StandardCharsets.ISO_8859_1);
  }

  private String wideText(int length) {
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = (char) fixed16();
    }
    return new String(text);
  }
}
