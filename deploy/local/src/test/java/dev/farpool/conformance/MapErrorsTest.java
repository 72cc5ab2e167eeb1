package dev.farpool.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.AsyncResult;
import dev.farpool.Pool;
import dev.farpool.SerializableFunction;
import dev.farpool.Settled;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Section 1.3 of the semantics: what an error does to a map. */
@Timeout(60)
class MapErrorsTest {
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster(2);

  @TempDir Path directory;
  private Marks marks;

  @BeforeEach
  void makeMarks() {
    marks = Marks.in(directory);
  }

  @Test
  void theFirstErrorToArriveWins() throws Exception {
    Marks shared = marks;
    AsyncResult<List<Integer>> result =
        CLUSTER
            .warm()
            .mapAsync(
                item -> {
                  if (item == 0) {
                    shared.await("one failed");
                  }
                  throw new IllegalStateException("item " + item);
                },
                List.of(0, 1),
                1);
    CLUSTER.warm().apply(() -> 0); // Behind item 1 on the process that is free.
    marks.make("one failed");

    assertEquals("item 1", failureOf(result).getMessage());
  }

  @Test
  void getRaisesOnlyWhenAllChunksHaveFinished() throws Exception {
    Marks shared = marks;
    AsyncResult<List<Integer>> result =
        CLUSTER
            .warm()
            .mapAsync(
                item -> {
                  if (item == 0) {
                    throw new IllegalStateException("early");
                  }
                  shared.await("go");
                  return item;
                },
                List.of(0, 1),
                1);
    CLUSTER.warm().apply(() -> 0); // Item 0 has failed when this has run behind it.

    assertFalse(result.await(Duration.ofMillis(50)));
    marks.make("go");
    assertEquals("early", failureOf(result).getMessage());
  }

  @Test
  void anErrorSkipsTheRestOfItsChunkOnly() {
    Marks shared = marks;

    assertThrows(
        ExecutionException.class,
        () ->
            CLUSTER
                .warm()
                .map(
                    item -> {
                      shared.make(item);
                      if (item % 4 == 1) {
                        throw new IllegalStateException("item " + item);
                      }
                      return item;
                    },
                    range(12),
                    4));

    assertEquals(
        List.of(0, 1, 4, 5, 8, 9),
        marks.names("").stream().map(Integer::valueOf).sorted().collect(Collectors.toList()));
  }

  @Test
  void failFastCancelsTheOtherChunks() throws Exception {
    Pool pool = CLUSTER.cluster().newPool().processes(2).failFast().build();
    AsyncResult<List<Integer>> result =
        pool.mapAsync(
            item -> {
              if (item == 1) {
                throw new IllegalStateException("early");
              }
              new CountDownLatch(1).await(); // For ever, unless it is cancelled.
              return item;
            },
            range(4),
            1);

    assertEquals("early", failureOf(result).getMessage());
    pool.close();
    assertTrue(pool.join(Marks.PATIENCE));
  }

  @Test
  void mapSettledGivesEveryOutcome() throws Exception {
    List<Settled<Integer>> outcomes =
        CLUSTER
            .warm()
            .mapSettled(
                item -> {
                  if (item % 2 == 1) {
                    throw new IllegalStateException("item " + item);
                  }
                  return item;
                },
                range(4),
                4);

    assertEquals(0, outcomes.get(0).value());
    assertEquals("item 1", outcomes.get(1).failure().getMessage());
    assertEquals(2, outcomes.get(2).value());
    assertEquals("item 3", outcomes.get(3).failure().getMessage());
  }

  @Test
  void noSuchElementIsAnErrorLikeAnyOther() {
    SerializableFunction<Integer, Integer> end =
        item -> {
          throw new NoSuchElementException("the end of something");
        };

    assertThrows(ExecutionException.class, () -> CLUSTER.warm().map(end, range(5), 2));
  }

  private static Throwable failureOf(AsyncResult<?> result) {
    return assertThrows(ExecutionException.class, () -> result.get(Marks.PATIENCE)).getCause();
  }

  private static List<Integer> range(int count) {
    return IntStream.range(0, count).boxed().collect(Collectors.toList());
  }
}
