package dev.farpool.call;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.farpool.ResultEncodingException;
import java.io.ObjectInputFilter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever bytes come as a result: they are read, or refused with the one exception that says so.
 * Without {@code JAZZER_FUZZ=1} it reads the bytes that are kept.
 */
class DecodingFuzzTest {
  private static final ObjectInputFilter FILTER =
      ObjectInputFilter.Config.createFilter("maxbytes=100000;java.base/java.**;!*");

  static Stream<Arguments> kept() {
    List<byte[]> kept = new ArrayList<>();
    for (Object value :
        Arrays.asList(
            null,
            true,
            7,
            -7L,
            1.5,
            "text",
            "wide \u4e00",
            new byte[3],
            new int[] {1, 2},
            new long[] {3},
            new double[] {4},
            new ArrayList<>(List.of(1, "two", 3.0)),
            new ArrayList<>(List.of(1, 2, 3, 4)),
            BigInteger.TEN)) {
      byte[] encoded = JavaCalls.encode(value);
      kept.add(encoded);
      kept.add(Arrays.copyOf(encoded, encoded.length - 1));
    }
    kept.add(new byte[] {Tag.STRING, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1});
    kept.add(new byte[] {Tag.SERIALIZED, -1, -1, -1, -1, 0});
    kept.add(listsInLists(100_000));
    return kept.stream().map(bytes -> Arguments.of((Object) bytes));
  }

  /** More levels than any stack has. */
  private static byte[] listsInLists(int levels) {
    byte[] bytes = new byte[3 * levels];
    for (int i = 0; i < levels; i++) {
      bytes[3 * i] = Tag.ARRAY_LIST;
      bytes[3 * i + 1] = Tag.TAGGED_BLOCK;
      bytes[3 * i + 2] = 1;
    }
    return bytes;
  }

  @MethodSource("kept")
  @FuzzTest
  void anyBytesAreAResultOrRefused(byte @NotNull [] bytes) {
    readOrRefuse(() -> JavaCalls.decode(bytes, FILTER));
    readOrRefuse(() -> JavaCalls.decodeChunk(bytes, FILTER));
    readOrRefuse(() -> JavaCalls.decodeSettled(bytes, FILTER));
  }

  private static void readOrRefuse(Runnable reading) {
    try {
      reading.run();
    } catch (ResultEncodingException refused) {
      return; // Nothing else may come out.
    }
  }
}
