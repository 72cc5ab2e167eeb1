package dev.farpool.call;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Arrays of numbers, copied as blocks of memory. */
final class PrimitiveArrays {
  private PrimitiveArrays() {}

  static void write(ByteWriter out, int[] values) {
    out.varint(values.length);
    claim(out, values.length, Integer.BYTES).asIntBuffer().put(values);
  }

  static void write(ByteWriter out, long[] values) {
    out.varint(values.length);
    claim(out, values.length, Long.BYTES).asLongBuffer().put(values);
  }

  static void write(ByteWriter out, double[] values) {
    out.varint(values.length);
    claim(out, values.length, Double.BYTES).asDoubleBuffer().put(values);
  }

  static int[] readInts(ByteReader in) {
    int[] values = new int[in.count(Integer.BYTES)];
    claim(in, values.length * Integer.BYTES).asIntBuffer().get(values);
    return values;
  }

  static long[] readLongs(ByteReader in) {
    long[] values = new long[in.count(Long.BYTES)];
    claim(in, values.length * Long.BYTES).asLongBuffer().get(values);
    return values;
  }

  static double[] readDoubles(ByteReader in) {
    double[] values = new double[in.count(Double.BYTES)];
    claim(in, values.length * Double.BYTES).asDoubleBuffer().get(values);
    return values;
  }

  private static ByteBuffer claim(ByteWriter out, int count, int bytesEach) {
    if (count > (Integer.MAX_VALUE - 64) / bytesEach) {
      throw new IllegalArgumentException("a call or result must be below 2 GiB");
    }
    int at = out.claim(count * bytesEach);
    return ByteBuffer.wrap(out.buffer(), at, count * bytesEach).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer claim(ByteReader in, int bytes) {
    int at = in.claim(bytes);
    return ByteBuffer.wrap(in.array(), at, bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
