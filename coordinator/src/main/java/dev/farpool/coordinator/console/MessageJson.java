package dev.farpool.coordinator.console;

import com.google.gson.stream.JsonWriter;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Messages of the contract as JSON that programs like: fields in camel case, also those with
 * default values, counts as numbers, spans in seconds, times in ISO 8601, enum values in lower case
 * without the enum's name, and of bytes only how many they are.
 */
final class MessageJson {
  private static final double NANOS = 1e9;

  private MessageJson() {}

  /** Writes a message as an object. */
  static void write(JsonWriter json, Message message) throws IOException {
    json.beginObject();
    writeFields(json, message);
    json.endObject();
  }

  /** Writes the fields of a message into an object that is open. */
  static void writeFields(JsonWriter json, Message message) throws IOException {
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (field.hasPresence() && !message.hasField(field)) {
        continue;
      }
      json.name(name(field));
      Object value = message.getField(field);
      if (field.isMapField()) {
        writeMap(json, field, (List<?>) value);
      } else if (field.isRepeated()) {
        json.beginArray();
        for (Object item : (List<?>) value) {
          writeValue(json, field, item);
        }
        json.endArray();
      } else {
        writeValue(json, field, value);
      }
    }
  }

  private static String name(FieldDescriptor field) {
    boolean isSpan =
        field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
            && field.getMessageType().equals(Duration.getDescriptor());
    boolean isBytes = field.getJavaType() == FieldDescriptor.JavaType.BYTE_STRING;
    return field.getJsonName() + (isSpan ? "Seconds" : isBytes ? "Bytes" : "");
  }

  private static void writeMap(JsonWriter json, FieldDescriptor field, List<?> entries)
      throws IOException {
    FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
    FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
    json.beginObject();
    for (Object entry : entries) {
      Message pair = (Message) entry;
      json.name(pair.getField(key).toString());
      writeValue(json, value, pair.getField(value));
    }
    json.endObject();
  }

  private static void writeValue(JsonWriter json, FieldDescriptor field, Object value)
      throws IOException {
    switch (field.getJavaType()) {
      case BOOLEAN -> json.value((Boolean) value);
      case INT -> json.value(unsigned(field, (Integer) value));
      case LONG, FLOAT, DOUBLE -> json.value((Number) value);
      case STRING -> json.value((String) value);
      case BYTE_STRING -> json.value(((ByteString) value).size());
      case ENUM -> json.value(word((EnumValueDescriptor) value));
      case MESSAGE -> writeMessage(json, (Message) value);
      default -> throw new IllegalArgumentException("no JSON for a field of " + field);
    }
  }

  /** What other languages see: Java has no unsigned numbers. */
  private static long unsigned(FieldDescriptor field, int value) {
    return field.getType() == FieldDescriptor.Type.UINT32
        ? Integer.toUnsignedLong(value)
        : (long) value;
  }

  private static void writeMessage(JsonWriter json, Message value) throws IOException {
    if (value instanceof Duration span) {
      json.value(seconds(span));
    } else if (value instanceof Timestamp time) {
      json.value(Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString());
    } else {
      write(json, value);
    }
  }

  static double seconds(Duration span) {
    return span.getSeconds() + span.getNanos() / NANOS;
  }

  /** Milliseconds since 1970, as JavaScript counts. */
  static long millis(Timestamp time) {
    return time.getSeconds() * 1000 + time.getNanos() / 1_000_000;
  }

  /** The end of a span. */
  static long endMillis(Timestamp start, Duration length) {
    return millis(start) + length.getSeconds() * 1000 + length.getNanos() / 1_000_000;
  }

  /** {@code STATE_ACTIVE} of the enum {@code State} as {@code active}. */
  private static String word(EnumValueDescriptor value) {
    String prefix =
        value.getType().getName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    String name = value.getName();
    return (name.startsWith(prefix + "_") ? name.substring(prefix.length() + 1) : name)
        .toLowerCase(Locale.ROOT);
  }
}
