package dev.farpool.call;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Writes single values: common ones in a compact form, the rest by Java serialization. */
final class ValueWriter {
  private ValueWriter() {}

  /**
   * Writes a value.
   *
   * @throws UnserializableException if it, or something it refers to, is not serializable
   */
  static void write(ByteWriter out, Object value) {
    if (!writeCompact(out, value)) {
      out.write(Tag.SERIALIZED);
      writeSerialized(out, value);
    }
  }

  /** Writes a value that has a compact form; writes nothing and says so if it has none. */
  static boolean writeCompact(ByteWriter out, Object value) {
    if (value == null) {
      out.write(Tag.NULL);
      return true;
    }
    return writeNumber(out, value) || writeText(out, value) || writeArray(out, value);
  }

  private static boolean writeNumber(ByteWriter out, Object value) {
    Class<?> type = value.getClass();
    if (type == Integer.class) {
      out.write(Tag.INT);
      out.zigzag((Integer) value);
    } else if (type == Long.class) {
      out.write(Tag.LONG);
      out.zigzag((Long) value);
    } else if (type == Double.class) {
      out.write(Tag.DOUBLE);
      out.fixed64(Double.doubleToRawLongBits((Double) value));
    } else if (type == Boolean.class) {
      out.write((Boolean) value ? Tag.TRUE : Tag.FALSE);
    } else if (type == Float.class) {
      out.write(Tag.FLOAT);
      out.fixed32(Float.floatToRawIntBits((Float) value));
    } else if (type == Short.class) {
      out.write(Tag.SHORT);
      out.fixed16((Short) value);
    } else if (type == Byte.class) {
      out.write(Tag.BYTE);
      out.write((Byte) value);
    } else {
      return false;
    }
    return true;
  }

  private static boolean writeText(ByteWriter out, Object value) {
    if (value instanceof String text) {
      out.write(Tag.STRING);
      out.text(text);
    } else if (value instanceof Character character) {
      out.write(Tag.CHAR);
      out.fixed16(character);
    } else {
      return false;
    }
    return true;
  }

  private static boolean writeArray(ByteWriter out, Object value) {
    if (value instanceof byte[] bytes) {
      out.write(Tag.BYTES);
      out.varint(bytes.length);
      out.write(bytes, 0, bytes.length);
    } else if (value instanceof int[] ints) {
      out.write(Tag.INTS);
      PrimitiveArrays.write(out, ints);
    } else if (value instanceof long[] longs) {
      out.write(Tag.LONGS);
      PrimitiveArrays.write(out, longs);
    } else if (value instanceof double[] doubles) {
      out.write(Tag.DOUBLES);
      PrimitiveArrays.write(out, doubles);
    } else {
      return value.getClass() == ArrayList.class && writeList(out, (List<?>) value);
    }
    return true;
  }

  private static boolean writeList(ByteWriter out, List<?> list) {
    int start = out.size();
    out.write(Tag.ARRAY_LIST);
    if (BlockWriter.writeUniform(out, list.toArray(), 0, list.size())) {
      return true;
    }
    out.rewind(start);
    return false;
  }

  private static void writeSerialized(ByteWriter out, Object value) {
    int lengthAt = out.claim(4);
    try (ObjectOutputStream objects = new ObjectOutputStream(out)) {
      objects.writeObject(value);
    } catch (NotSerializableException refused) {
      throw new UnserializableException(UnserializablePath.find(value, refused), refused);
    } catch (IOException broken) {
      throw new UnserializableException(
          value.getClass().getName() + " cannot be serialized: " + broken, broken);
    }
    out.putFixed32(lengthAt, out.size() - lengthAt - 4);
  }
}
