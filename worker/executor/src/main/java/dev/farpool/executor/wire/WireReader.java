package dev.farpool.executor.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a message in the encoding of Protocol Buffers, field by field. Not thread-safe.
 *
 * <pre>{@code
 * while (reader.next()) {
 *   switch (reader.field()) {
 *     case 1 -> name = reader.string();
 *     default -> reader.skip();
 *   }
 * }
 * }</pre>
 */
public final class WireReader {
  private final byte[] bytes;
  private final int end;
  private int at;
  private int tag;

  /** Reads a whole array. */
  public WireReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private WireReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /** Goes on to the next field; false at the end. Its value must then be read or skipped. */
  public boolean next() {
    if (at >= end) {
      return false;
    }
    tag = (int) raw();
    return true;
  }

  /** The number of the field. */
  public int field() {
    return tag >>> 3;
  }

  /** The value of a field of type {@code uint32}, {@code uint64}, {@code bool} or an enum. */
  public long varint() {
    expect(WireType.VARINT);
    return raw();
  }

  /** The value of a field of type {@code sint64}. */
  public long zigZag() {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** The value of a field of type {@code double}. */
  public double fixed() {
    expect(WireType.FIXED64);
    int start = advance(Long.BYTES);
    long bits = 0;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      bits = (bits << Byte.SIZE) | (bytes[start + i] & 0xFF);
    }
    return Double.longBitsToDouble(bits);
  }

  /** The value of a field of type {@code bytes}. */
  public byte[] bytes() {
    int start = lengthDelimited();
    return Arrays.copyOfRange(bytes, start, at);
  }

  /** The value of a field of type {@code string}. */
  public String string() {
    int start = lengthDelimited();
    return new String(bytes, start, at - start, StandardCharsets.UTF_8);
  }

  /** A reader of the message that is the field's value. */
  public WireReader message() {
    int start = lengthDelimited();
    return new WireReader(bytes, start, at);
  }

  /** Passes over the value. */
  public void skip() {
    switch (tag & 7) {
      case WireType.VARINT -> raw();
      case WireType.FIXED64 -> advance(Long.BYTES);
      case WireType.BYTES -> lengthDelimited();
      case WireType.FIXED32 -> advance(Integer.BYTES);
      default -> throw malformed();
    }
  }

  private int lengthDelimited() {
    expect(WireType.BYTES);
    long length = raw();
    if (length < 0 || length > end - at) {
      throw malformed();
    }
    return advance((int) length);
  }

  private void expect(int type) {
    if ((tag & 7) != type) {
      throw malformed();
    }
  }

  private int advance(int length) {
    if (length > end - at) {
      throw malformed();
    }
    int start = at;
    at += length;
    return start;
  }

  private long raw() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes[advance(1)];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw malformed();
  }

  private IllegalArgumentException malformed() {
    return new IllegalArgumentException("malformed message at byte " + at + " of " + end);
  }
}
