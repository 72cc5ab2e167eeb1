package dev.farpool.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.farpool.Pool;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 1.2 of the semantics: how a map is cut into tasks. */
@Timeout(60)
class ChunkSizesTest {
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster(2);

  private static Pool threeProcesses;

  /** A chunk of its maps is one task, and is not shared with processes that have nothing to do. */
  private static Pool unshared;

  @BeforeAll
  static void openPool() {
    threeProcesses = CLUSTER.cluster().pool(3);
    unshared = CLUSTER.cluster().newPool().processes(3).maxTasksPerChild(1_000).build();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "11, 1", "12, 1", "13, 2", "100, 9"})
  void mapCutsFourChunksForEachProcess(int items, int chunkSize, @TempDir Path directory) {
    assertEquals(
        multiples(chunkSize, items),
        firstOfEachChunk(directory, marks -> unshared.map(marks, range(items))));
  }

  @Test
  void aGivenChunkSizeIsKept(@TempDir Path directory) {
    assertEquals(
        List.of(0, 5, 10), firstOfEachChunk(directory, marks -> unshared.map(marks, range(12), 5)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void chunkSizesBelowOneAreRefused(int chunkSize) {
    String message = "Chunksize must be 1+, not " + chunkSize;

    assertRefused(message, () -> threeProcesses.map(x -> x, range(3), chunkSize));
    assertRefused(message, () -> threeProcesses.mapAsync(x -> x, range(3), chunkSize));
    assertRefused(message, () -> threeProcesses.imap(x -> x, range(3), chunkSize));
    assertRefused(message, () -> threeProcesses.imapUnordered(x -> x, range(3), chunkSize));
  }

  private interface Mapping {
    Object run(dev.farpool.SerializableFunction<Integer, Integer> function)
        throws InterruptedException, ExecutionException;
  }

  /** An item that fails ends its chunk, so of items that all fail just the first ones are run. */
  private static List<Integer> firstOfEachChunk(Path directory, Mapping mapping) {
    Marks marks = Marks.in(directory);
    assertThrows(
        ExecutionException.class,
        () ->
            mapping.run(
                item -> {
                  marks.make(item);
                  throw new IllegalStateException("the rest of the chunk is skipped");
                }));
    return marks.names("").stream().map(Integer::valueOf).sorted().collect(Collectors.toList());
  }

  private static void assertRefused(
      String message, org.junit.jupiter.api.function.Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  private static List<Integer> multiples(int step, int below) {
    return IntStream.iterate(0, i -> i < below, i -> i + step).boxed().collect(Collectors.toList());
  }

  private static List<Integer> range(int count) {
    return multiples(1, count);
  }
}
