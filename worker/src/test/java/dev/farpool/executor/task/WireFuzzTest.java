package dev.farpool.executor.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.farpool.executor.wire.WireReader;
import dev.farpool.v1.Command;
import dev.farpool.v1.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The executor reads messages by itself, as it has no dependencies: it must read them as the
 * library does. It is tested here, where the library is.
 */
class WireFuzzTest {
  private static final UnknownFieldSet NOTHING = UnknownFieldSet.getDefaultInstance();

  static Stream<Arguments> bytes() {
    Command command =
        Command.newBuilder()
            .addArgv("sh")
            .addArgv("ä")
            .putEnvironment("k", "v")
            .putEnvironment("", "")
            .setWorkingDirectory("/")
            .build();
    return Stream.of(
            command.toByteArray(),
            new byte[] {},
            new byte[] {10, -1, -1, -1, -1, 15},
            new byte[] {10, -128, -128, -128, -128, -128, -128, -128, -128, -128, 1},
            new byte[] {18, 2, 10, 100},
            new byte[] {-8, -1, -1, -1, 15, 1, 13, 1, 2, 3, 4, 9, 1},
            new byte[] {11, 12})
        .map(each -> Arguments.of((Object) each));
  }

  @MethodSource("bytes")
  @FuzzTest
  void anyBytesAreACommandOrRefused(byte @NotNull [] bytes) {
    try {
      CommandSpec.read(bytes);
    } catch (IllegalArgumentException refused) {
      // Which is what the task's failure is then made of.
      assertEquals("malformed", refused.getMessage().substring(0, 9));
    }
    try {
      Command library = Command.parseFrom(bytes);
      Command known = library.toBuilder().setUnknownFields(NOTHING).build();
      CommandSpec ours = CommandSpec.read(known.toByteArray());
      assertEquals(library.getArgvList(), ours.argv());
      assertEquals(library.getEnvironmentMap(), ours.environment());
      assertArrayEquals(library.getStdin().toByteArray(), ours.stdin());
      assertEquals(library.getWorkingDirectory(), ours.workingDirectory());
    } catch (InvalidProtocolBufferException noCommand) {
      return; // The coordinator would not have let it in.
    }
  }

  static Stream<Arguments> values() {
    Value.Builder list = Value.newBuilder();
    list.getListValueBuilder()
        .addItems(Value.getDefaultInstance())
        .addItems(Value.newBuilder().setIntValue(Long.MIN_VALUE))
        .addItems(Value.newBuilder().setDoubleValue(-0.0))
        .addItems(Value.newBuilder().setBoolValue(false));
    Value.Builder map = Value.newBuilder();
    map.getMapValueBuilder()
        .putEntries("", list.build())
        .putEntries("ü\uD83D\uDE00", Value.newBuilder().setStringValue("\0").build());
    return Stream.of(list.build(), map.build()).map(Arguments::of);
  }

  @MethodSource("values")
  @FuzzTest
  void valuesAreReadAsTheLibraryReadsThem(@NotNull Value value) {
    assertEquals(plain(value), comparable(Values.read(new WireReader(value.toByteArray()))));
  }

  private static Object plain(Value value) {
    return switch (value.getKindCase()) {
      case NULL_VALUE, KIND_NOT_SET -> null;
      case BOOL_VALUE -> value.getBoolValue();
      case INT_VALUE -> value.getIntValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      case STRING_VALUE -> value.getStringValue();
      case BYTES_VALUE -> comparable(value.getBytesValue().toByteArray());
      case LIST_VALUE -> {
        List<Object> items = new ArrayList<>();
        value.getListValue().getItemsList().forEach(item -> items.add(plain(item)));
        yield items;
      }
      case MAP_VALUE -> {
        Map<String, Object> entries = new LinkedHashMap<>();
        value.getMapValue().getEntriesMap().forEach((key, each) -> entries.put(key, plain(each)));
        yield entries;
      }
    };
  }

  private static Object comparable(Object value) {
    if (value instanceof byte[] bytes) {
      return List.of("bytes", Arrays.toString(bytes));
    } else if (value instanceof List<?> items) {
      List<Object> compared = new ArrayList<>();
      items.forEach(item -> compared.add(comparable(item)));
      return compared;
    } else if (value instanceof Map<?, ?> entries) {
      Map<Object, Object> compared = new LinkedHashMap<>();
      entries.forEach((key, each) -> compared.put(key, comparable(each)));
      return compared;
    }
    return value;
  }
}
