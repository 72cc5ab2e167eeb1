package dev.farpool.coordinator.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import dev.farpool.common.BlobFiles;
import dev.farpool.v1.BlobRef;
import java.util.ArrayList;
import java.util.List;

/**
 * The names that a coordinator gave out, so that scripts can use them although they are new in each
 * run: a short text in a field for an id stands for one of them, a small number in a field for a
 * pool's number for one of the pools that workers were told of.
 */
final class Names {
  private static final int SHORT = 2;
  private static final int DIGEST_BYTES = 32;

  /** The bytes of the blobs that scripts can name and upload. */
  static final List<ByteString> BLOBS =
      List.of(ByteString.copyFromUtf8("hello"), ByteString.EMPTY, zeros(300_000));

  private static final List<BlobRef> REFS =
      BLOBS.stream().map(bytes -> BlobFiles.refOf(bytes.toByteArray())).toList();

  private final List<String> sessions = new ArrayList<>();
  private final List<String> pools = new ArrayList<>();
  private final List<Long> numbers = new ArrayList<>();
  private String coordinator = "";

  void session(String id) {
    sessions.add(id);
  }

  void pool(String id) {
    if (!pools.contains(id)) {
      pools.add(id);
    }
  }

  void number(long pool) {
    if (!numbers.contains(pool)) {
      numbers.add(pool);
    }
  }

  void coordinator(String id) {
    coordinator = id;
  }

  List<String> sessions() {
    return sessions;
  }

  /** A message with names in it instead of what stands for them. */
  Message fill(Message message) {
    Message.Builder filled = message.toBuilder();
    message.getAllFields().forEach((field, value) -> fill(filled, field, value));
    return filled.build();
  }

  private void fill(Message.Builder message, FieldDescriptor field, Object value) {
    if (field.isRepeated()) {
      List<?> values = (List<?>) value;
      for (int i = 0; i < values.size(); i++) {
        message.setRepeatedField(field, i, filled(message, field, values.get(i)));
      }
    } else {
      message.setField(field, filled(message, field, value));
    }
  }

  private Object filled(Message.Builder around, FieldDescriptor field, Object value) {
    return switch (field.getJavaType()) {
      case MESSAGE -> fill((Message) value);
      case STRING -> text(field.getName(), (String) value);
      case BYTE_STRING -> digest(around, field.getName(), (ByteString) value);
      case LONG -> number(field, (Long) value);
      default -> value;
    };
  }

  private String text(String field, String value) {
    if (value.isEmpty() || value.length() > SHORT) {
      return value;
    }
    return switch (field) {
      case "session_id" -> choose(sessions, value.charAt(0) - '0', value);
      case "pool_id" -> choose(pools, value.charAt(0) - '0', value);
      case "last_coordinator_id" -> coordinator;
      default -> value;
    };
  }

  private Object number(FieldDescriptor field, long value) {
    boolean pool = field.getName().equals("pool") && field.getJavaType() == JavaType.LONG;
    return pool && value >= 0 && value < 8 ? choose(numbers, (int) value, value) : value;
  }

  private static ByteString digest(Message.Builder around, String field, ByteString value) {
    if (!field.equals("sha256") || value.size() != 1) {
      return value;
    }
    if (around.getDescriptorForType().equals(BlobRef.getDescriptor())) {
      return choose(REFS, value.byteAt(0) - '0', null).getSha256();
    }
    return ByteString.copyFrom(new byte[DIGEST_BYTES]);
  }

  private static <T> T choose(List<T> known, int which, T otherwise) {
    return known.isEmpty() ? otherwise : known.get(Math.floorMod(which, known.size()));
  }

  private static ByteString zeros(int count) {
    return ByteString.copyFrom(new byte[count]);
  }
}
