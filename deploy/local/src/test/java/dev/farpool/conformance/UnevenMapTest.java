package dev.farpool.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.AsyncResult;
import dev.farpool.Pool;
import dev.farpool.SerializableFunction;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Section 1.2 of the semantics: chunks that take far longer than others. */
@Timeout(120)
class UnevenMapTest {
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster(2);

  private static final int CHUNK = 2_000;
  private static final List<Integer> ITEMS = IntStream.range(0, 8 * CHUNK).boxed().toList();

  @TempDir Path directory;

  /** One chunk is slow until a second process takes part in it. */
  private SerializableFunction<Integer, Integer> slowIn(int chunk) {
    Marks marks = Marks.in(directory);
    return item -> {
      if (item / CHUNK == chunk && marks.names("process ").size() < 2) {
        marks.make("process " + ProcessHandle.current().pid());
        Thread.sleep(10);
      }
      return -item;
    };
  }

  private void assertShared(List<Integer> results) {
    assertEquals(2, Marks.in(directory).names("process ").size());
    for (int item : ITEMS) {
      assertEquals(-item, results.get(item));
    }
  }

  @Test
  void aProcessThatHasNothingToDoTakesPartOfALongChunk() throws Exception {
    assertShared(CLUSTER.warm().map(slowIn(7), ITEMS));
  }

  @Test
  void aLongChunkIsSharedWhereverItIs() throws Exception {
    assertShared(CLUSTER.warm().map(slowIn(0), ITEMS));
  }

  @Test
  void whatWaitsBehindALongItemIsDoneWhileThatRuns() throws Exception {
    Marks marks = Marks.in(directory);
    SerializableFunction<Integer, Integer> firstWaitsForSecond =
        item -> {
          if (item == 0) {
            marks.await("second");
          } else if (item == 1) {
            marks.make("second");
          }
          return -item;
        };
    List<Integer> twoAChunk = ITEMS.subList(0, 16);

    List<Integer> results = CLUSTER.warm().map(firstWaitsForSecond, twoAChunk);

    assertEquals(twoAChunk.stream().map(item -> -item).toList(), results);
  }

  @Test
  void aLongChunkOfAClosedPoolIsSharedToo() throws Exception {
    Pool pool = CLUSTER.cluster().pool(2);
    AsyncResult<List<Integer>> result = pool.mapAsync(slowIn(7), ITEMS);
    pool.close();

    assertTrue(pool.join(Marks.PATIENCE));
    assertShared(result.get());
  }
}
