package dev.farpool.executor.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a message in the encoding of Protocol Buffers: as much of it as the executor needs, since
 * user code must not meet a library of ours. Not thread-safe.
 */
public final class WireWriter {
  private byte[] bytes = new byte[64];
  private int size;

  /** Adds a field of type {@code uint32}, {@code uint64}, {@code bool} or an enum. */
  public WireWriter varint(int field, long value) {
    raw(((long) field << 3) | WireType.VARINT);
    return raw(value);
  }

  /** Adds a field of type {@code sint64}. */
  public WireWriter zigZag(int field, long value) {
    return varint(field, (value << 1) ^ (value >> 63));
  }

  /** Adds a field of type {@code double}. */
  public WireWriter fixed(int field, double value) {
    raw(((long) field << 3) | WireType.FIXED64);
    long bits = Double.doubleToRawLongBits(value);
    reserve(Long.BYTES);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      bytes[size++] = (byte) (bits >>> shift);
    }
    return this;
  }

  /** Adds a field of type {@code bytes}, or a message. */
  public WireWriter bytes(int field, byte[] value) {
    raw(((long) field << 3) | WireType.BYTES);
    raw(value.length);
    reserve(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  /** Adds a field of type {@code string}. Unpaired surrogates become question marks. */
  public WireWriter string(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** The message so far. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private WireWriter raw(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
    }
  }
}
