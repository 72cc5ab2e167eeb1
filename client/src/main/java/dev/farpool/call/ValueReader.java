package dev.farpool.call;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Reads what {@link ValueWriter} and {@link BlockWriter} wrote. Not thread-safe. */
final class ValueReader {
  private final ByteReader in;
  private final ObjectInputFilter filter;

  /**
   * @param filter refuses what serialized objects must not hold; may be null
   */
  ValueReader(ByteReader in, ObjectInputFilter filter) {
    this.in = in;
    this.filter = filter;
  }

  ByteReader in() {
    return in;
  }

  /** The next value. */
  Object read() throws IOException, ClassNotFoundException {
    int tag = in.unsigned8();
    return switch (tag) {
      case Tag.NULL -> null;
      case Tag.TRUE -> true;
      case Tag.FALSE -> false;
      case Tag.INT -> (int) in.zigzag();
      case Tag.LONG -> in.zigzag();
      case Tag.DOUBLE -> Double.longBitsToDouble(in.fixed64());
      case Tag.FLOAT -> Float.intBitsToFloat(in.fixed32());
      case Tag.SHORT -> (short) in.fixed16();
      case Tag.BYTE -> (byte) in.unsigned8();
      case Tag.CHAR -> (char) in.fixed16();
      case Tag.STRING -> in.text();
      default -> readLarge(tag);
    };
  }

  private Object readLarge(int tag) throws IOException, ClassNotFoundException {
    return switch (tag) {
      case Tag.BYTES -> readBytes();
      case Tag.INTS -> PrimitiveArrays.readInts(in);
      case Tag.LONGS -> PrimitiveArrays.readLongs(in);
      case Tag.DOUBLES -> PrimitiveArrays.readDoubles(in);
      case Tag.ARRAY_LIST -> readList();
      case Tag.SERIALIZED -> readSerialized(1)[0];
      default -> throw new MalformedCallException("there is no value with tag " + tag);
    };
  }

  private byte[] readBytes() {
    int length = in.count(1);
    int at = in.claim(length);
    return Arrays.copyOfRange(in.array(), at, at + length);
  }

  private List<Object> readList() throws IOException, ClassNotFoundException {
    Object[] items = readBlock();
    List<Object> list = new ArrayList<>(items.length);
    Collections.addAll(list, items);
    return list;
  }

  /** The items of the next block as objects. */
  Object[] readBlock() throws IOException, ClassNotFoundException {
    return Columns.boxed(readColumn());
  }

  /**
   * The items of the next block: an array of numbers, if they are all of one type, or of objects.
   */
  Object readColumn() throws IOException, ClassNotFoundException {
    int tag = in.unsigned8();
    return switch (tag) {
      case Tag.INT_BLOCK -> PrimitiveArrays.readInts(in);
      case Tag.INT_RANGE_BLOCK -> readRange();
      case Tag.LONG_BLOCK -> PrimitiveArrays.readLongs(in);
      case Tag.DOUBLE_BLOCK -> PrimitiveArrays.readDoubles(in);
      case Tag.STRING_BLOCK -> readTexts();
      case Tag.TAGGED_BLOCK -> readTagged();
      case Tag.SERIALIZED_BLOCK -> readSerialized(in.count(1));
      default -> throw new MalformedCallException("there is no block with tag " + tag);
    };
  }

  /** How many items the next block has; they are not read. */
  static int blockSize(ByteReader in) {
    in.unsigned8();
    return (int) in.varint();
  }

  private int[] readRange() {
    long count = in.varint();
    if (count < 0 || count > Integer.MAX_VALUE - 8) {
      throw new MalformedCallException("a range of " + count + " numbers");
    }
    int[] items = new int[(int) count];
    int next = in.fixed32();
    int step = in.fixed32();
    for (int i = 0; i < items.length; i++, next += step) {
      items[i] = next;
    }
    return items;
  }

  private Object[] readTexts() {
    Object[] items = new Object[in.count(1)];
    for (int i = 0; i < items.length; i++) {
      items[i] = in.text();
    }
    return items;
  }

  private Object[] readTagged() throws IOException, ClassNotFoundException {
    Object[] items = new Object[in.count(1)];
    for (int i = 0; i < items.length; i++) {
      items[i] = read();
    }
    return items;
  }

  private Object[] readSerialized(int count) throws IOException, ClassNotFoundException {
    int length = in.fixed32();
    int at = in.claim(length);
    Object[] items = new Object[count];
    try (ObjectInputStream objects =
        new CallObjectInputStream(new ByteReader(in.array(), at, length), filter)) {
      for (int i = 0; i < count; i++) {
        items[i] = objects.readObject();
      }
    }
    return items;
  }
}
