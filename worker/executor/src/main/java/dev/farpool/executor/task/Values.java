package dev.farpool.executor.task;

import dev.farpool.executor.wire.WireReader;
import dev.farpool.executor.wire.WireWriter;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code Value} messages as Java objects, and back. */
final class Values {
  /** Readers of Protocol Buffers refuse what nests deeper than 100 messages; a list takes two. */
  private static final int DEPTH = 32;

  private Values() {}

  /** Gives null, Boolean, Long, Double, String, byte[], List or Map. */
  static Object read(WireReader value) {
    Object result = null;
    while (value.next()) {
      switch (value.field()) {
        case 2 -> result = value.varint() != 0;
        case 3 -> result = value.zigZag();
        case 4 -> result = value.fixed();
        case 5 -> result = value.string();
        case 6 -> result = value.bytes();
        case 7 -> result = readList(value.message());
        case 8 -> result = readMap(value.message());
        default -> value.skip();
      }
    }
    return result;
  }

  private static List<Object> readList(WireReader list) {
    List<Object> items = new ArrayList<>();
    while (list.next()) {
      if (list.field() == 1) {
        items.add(read(list.message()));
      } else {
        list.skip();
      }
    }
    return items;
  }

  private static Map<String, Object> readMap(WireReader map) {
    Map<String, Object> entries = new LinkedHashMap<>();
    while (map.next()) {
      if (map.field() == 1) {
        readEntry(map.message(), entries);
      } else {
        map.skip();
      }
    }
    return entries;
  }

  private static void readEntry(WireReader entry, Map<String, Object> entries) {
    String key = "";
    Object value = null;
    while (entry.next()) {
      switch (entry.field()) {
        case 1 -> key = entry.string();
        case 2 -> value = read(entry.message());
        default -> entry.skip();
      }
    }
    entries.put(key, value);
  }

  /**
   * Writes a value.
   *
   * @throws TaskException if the object, or one in it, is none of the kinds a value can be
   */
  static byte[] write(Object value) throws TaskException {
    return write(value, DEPTH).toByteArray();
  }

  private static WireWriter write(Object value, int depth) throws TaskException {
    WireWriter message = new WireWriter();
    if (value == null) {
      return message.varint(1, 0);
    } else if (value instanceof Boolean flag) {
      return message.varint(2, flag ? 1 : 0);
    } else if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      return message.zigZag(3, ((Number) value).longValue());
    } else if (value instanceof Double || value instanceof Float) {
      return message.fixed(4, ((Number) value).doubleValue());
    } else if (value instanceof String || value instanceof Character) {
      return message.string(5, value.toString());
    } else if (value instanceof byte[] bytes) {
      return message.bytes(6, bytes);
    } else if (depth == 0) {
      throw notAValue("it nests deeper than " + DEPTH + " levels");
    }
    return writeNested(message, value, depth - 1);
  }

  private static WireWriter writeNested(WireWriter message, Object value, int depth)
      throws TaskException {
    WireWriter nested = new WireWriter();
    if (value instanceof Collection<?> items) {
      for (Object item : items) {
        nested.bytes(1, write(item, depth).toByteArray());
      }
      return message.bytes(7, nested.toByteArray());
    } else if (value.getClass().isArray()) {
      for (int i = 0; i < Array.getLength(value); i++) {
        nested.bytes(1, write(Array.get(value, i), depth).toByteArray());
      }
      return message.bytes(7, nested.toByteArray());
    } else if (value instanceof Map<?, ?> entries) {
      for (Map.Entry<?, ?> entry : entries.entrySet()) {
        nested.bytes(1, writeEntry(entry, depth).toByteArray());
      }
      return message.bytes(8, nested.toByteArray());
    }
    throw notAValue("it holds a " + value.getClass().getName());
  }

  private static WireWriter writeEntry(Map.Entry<?, ?> entry, int depth) throws TaskException {
    if (!(entry.getKey() instanceof String key)) {
      throw notAValue("it holds a map with a key that is no string");
    }
    return new WireWriter().string(1, key).bytes(2, write(entry.getValue(), depth).toByteArray());
  }

  private static TaskException notAValue(String why) {
    return new TaskException(
        FailureKind.RESULT_NOT_SERIALIZABLE,
        "the result of a static method must be null, a boolean, a number, text, bytes, or a list or"
            + " map of such, but "
            + why,
        null);
  }
}
