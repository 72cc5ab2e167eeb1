package dev.farpool.call;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;

/** Writes many values at once: numbers and texts side by side, others as one object stream. */
final class BlockWriter {
  private BlockWriter() {}

  /**
   * Writes the items of an array.
   *
   * @throws UnserializableException if one of them is not serializable; the text names which
   */
  static void write(ByteWriter out, Object[] items, int from, int count) {
    if (!writeUniform(out, items, from, count) && !writeTagged(out, items, from, count)) {
      writeSerialized(out, items, from, count);
    }
  }

  /** Writes items that are all of one simple type; writes nothing and says so if they are not. */
  static boolean writeUniform(ByteWriter out, Object[] items, int from, int count) {
    Object first = count == 0 ? 0 : items[from];
    int start = out.size();
    boolean uniform;
    if (first instanceof Integer) {
      uniform = writeRange(out, items, from, count) || writeInts(out, items, from, count);
    } else if (first instanceof Long) {
      uniform = writeLongs(out, items, from, count);
    } else if (first instanceof Double) {
      uniform = writeDoubles(out, items, from, count);
    } else if (first instanceof String) {
      uniform = writeTexts(out, items, from, count);
    } else {
      uniform = false;
    }
    if (!uniform) {
      out.rewind(start);
    }
    return uniform;
  }

  /** Numbers in even steps, the commonest input of a map, become three numbers. */
  private static boolean writeRange(ByteWriter out, Object[] items, int from, int count) {
    if (count < 3 || !(items[from + 1] instanceof Integer)) {
      return false;
    }
    int first = (Integer) items[from];
    int step = (Integer) items[from + 1] - first;
    int expected = first;
    for (int i = from; i < from + count; i++, expected += step) {
      if (!(items[i] instanceof Integer item) || item != expected) {
        return false;
      }
    }
    out.write(Tag.INT_RANGE_BLOCK);
    out.varint(count);
    out.fixed32(first);
    out.fixed32(step);
    return true;
  }

  private static boolean writeInts(ByteWriter out, Object[] items, int from, int count) {
    int at = header(out, Tag.INT_BLOCK, count, Integer.BYTES);
    for (int i = from; i < from + count; i++, at += Integer.BYTES) {
      if (!(items[i] instanceof Integer item)) {
        return false;
      }
      out.putFixed32(at, item);
    }
    return true;
  }

  private static boolean writeLongs(ByteWriter out, Object[] items, int from, int count) {
    int at = header(out, Tag.LONG_BLOCK, count, Long.BYTES);
    for (int i = from; i < from + count; i++, at += Long.BYTES) {
      if (!(items[i] instanceof Long item)) {
        return false;
      }
      out.putFixed64(at, item);
    }
    return true;
  }

  private static boolean writeDoubles(ByteWriter out, Object[] items, int from, int count) {
    int at = header(out, Tag.DOUBLE_BLOCK, count, Double.BYTES);
    for (int i = from; i < from + count; i++, at += Double.BYTES) {
      if (!(items[i] instanceof Double item)) {
        return false;
      }
      out.putFixed64(at, Double.doubleToRawLongBits(item));
    }
    return true;
  }

  private static int header(ByteWriter out, int tag, int count, int bytesEach) {
    out.write(tag);
    out.varint(count);
    return out.claim(Math.multiplyExact(count, bytesEach));
  }

  private static boolean writeTexts(ByteWriter out, Object[] items, int from, int count) {
    out.write(Tag.STRING_BLOCK);
    out.varint(count);
    for (int i = from; i < from + count; i++) {
      if (!(items[i] instanceof String item)) {
        return false;
      }
      out.text(item);
    }
    return true;
  }

  private static boolean writeTagged(ByteWriter out, Object[] items, int from, int count) {
    int start = out.size();
    out.write(Tag.TAGGED_BLOCK);
    out.varint(count);
    for (int i = from; i < from + count; i++) {
      if (!ValueWriter.writeCompact(out, items[i])) {
        out.rewind(start);
        return false;
      }
    }
    return true;
  }

  private static void writeSerialized(ByteWriter out, Object[] items, int from, int count) {
    out.write(Tag.SERIALIZED_BLOCK);
    out.varint(count);
    int lengthAt = out.claim(4);
    int item = from;
    try (ObjectOutputStream objects = new ObjectOutputStream(out)) {
      for (; item < from + count; item++) {
        objects.writeObject(items[item]);
      }
    } catch (NotSerializableException refused) {
      throw new UnserializableException(
          "item " + item + ": " + UnserializablePath.find(items[item], refused), refused);
    } catch (IOException broken) {
      throw new UnserializableException(
          "item " + item + " cannot be serialized: " + broken, broken);
    }
    out.putFixed32(lengthAt, out.size() - lengthAt - 4);
  }
}
