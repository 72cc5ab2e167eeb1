package dev.farpool.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.Pool;
import dev.farpool.PoolTerminatedException;
import dev.farpool.ResultIterator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 1.5 of the semantics: imap and imapUnordered. */
@Timeout(60)
class ImapTest {
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster(2);

  @TempDir Path directory;
  private Marks marks;

  @BeforeEach
  void makeMarks() {
    marks = Marks.in(directory);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void imapGivesResultsInTheOrderOfTheInput(int chunkSize) {
    Iterator<Integer> results = CLUSTER.warm().imap(x -> x * 2, range(25), chunkSize);

    assertEquals(range(25).stream().map(x -> x * 2).collect(Collectors.toList()), rest(results));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void nextThatTimesOutLosesNothing(int chunkSize) throws Exception {
    Marks shared = marks;
    ResultIterator<Integer> results =
        CLUSTER
            .warm()
            .imap(
                item -> {
                  shared.await("go");
                  return item;
                },
                range(4),
                chunkSize);

    assertThrows(TimeoutException.class, () -> results.next(Duration.ofMillis(20)));
    assertThrows(TimeoutException.class, () -> results.next(Duration.ZERO));
    marks.make("go");

    assertEquals(0, results.next(Marks.PATIENCE));
    assertEquals(List.of(1, 2, 3), rest(results));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void anErrorStaysAtItsItem(int chunkSize) throws Exception {
    ResultIterator<Integer> results =
        CLUSTER
            .warm()
            .imap(
                item -> {
                  if (item == 1) {
                    throw new IllegalStateException("item 1");
                  }
                  return item;
                },
                range(4),
                chunkSize);

    assertEquals(0, results.next());
    assertEquals("item 1", failureOf(results).getMessage());
    assertEquals(List.of(2, 3), rest(results));
  }

  @Test
  void imapUnorderedGivesWhatIsReadyFirst() throws Exception {
    Marks shared = marks;
    ResultIterator<Integer> results =
        CLUSTER
            .warm()
            .imapUnordered(
                item -> {
                  if (item == 0) {
                    shared.await("go");
                  }
                  return item;
                },
                range(3),
                1);

    assertEquals(Set.of(1, 2), Set.of(results.next(), results.next()));
    marks.make("go");
    assertEquals(List.of(0), rest(results));
  }

  @Test
  void theInputIsTakenOnlyAWindowAhead() throws Exception {
    AtomicInteger taken = new AtomicInteger();
    Iterator<Integer> endless = IntStream.iterate(0, i -> i + 1).peek(i -> taken.set(i)).iterator();
    try (ResultIterator<Integer> results = CLUSTER.warm().imap(x -> x, () -> endless, 1)) {
      assertEquals(0, results.next());
      CLUSTER.warm().apply(() -> 0); // Everything within the window has run before this.

      assertTrue(taken.get() < 32, () -> "taken ahead: " + taken.get());
    }
  }

  @Test
  void theWindowCanBeOpenedForAllOfTheInput() throws Exception {
    Marks shared = marks;
    CountDownLatch exhausted = new CountDownLatch(1);
    Iterator<Integer> input =
        new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            if (next == 1000) {
              exhausted.countDown();
            }
            return next < 1000;
          }

          @Override
          public Integer next() {
            return next++;
          }
        };
    ResultIterator<Integer> results =
        CLUSTER
            .warm()
            .imap(
                item -> {
                  shared.await("go");
                  return item;
                },
                () -> input,
                1,
                Long.MAX_VALUE);

    assertTrue(exhausted.await(20, TimeUnit.SECONDS));
    marks.make("go");
    assertEquals(range(1000), rest(results));
  }

  @Test
  void aSlowInputHoldsUpNobodyElse() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Iterator<Integer> results =
        CLUSTER.warm().imap(x -> x, () -> blockedUntil(go, range(2).iterator()), 1);

    assertEquals("at once", CLUSTER.warm().applyAsync(() -> "at once").get(Marks.PATIENCE));
    go.countDown();
    assertEquals(List.of(0, 1), rest(results));
  }

  @Test
  void anErrorOfTheInputComesAtItsPlace() throws Exception {
    Iterator<Integer> input =
        IntStream.range(0, 3)
            .peek(
                i -> {
                  if (i == 2) {
                    throw new IllegalStateException("input 2");
                  }
                })
            .iterator();
    ResultIterator<Integer> results = CLUSTER.warm().imap(x -> x, () -> input, 1);

    assertEquals(List.of(0, 1), List.of(results.next(), results.next()));
    Throwable error = failureOf(results);
    assertEquals("input 2", error.getMessage());
    assertNull(error.getCause());
    assertFalse(results.hasNext());
  }

  @Test
  void aTimedOutNextSaysWhatItWaitsFor() throws Exception {
    Marks shared = marks;
    ResultIterator<Integer> results =
        CLUSTER
            .warm()
            .imap(
                item -> {
                  shared.make("started");
                  shared.await("go");
                  return item;
                },
                List.of(1));
    marks.await("started");
    Duration timeout = Duration.ofMillis(100);

    String message = assertThrows(TimeoutException.class, () -> results.next(timeout)).getMessage();

    assertTrue(message.contains("worker local"), message);
    marks.make("go");
    assertEquals(List.of(1), rest(results));
  }

  @Test
  void nothingInNothingOut() {
    assertFalse(CLUSTER.warm().imap(x -> x, List.of(), 1).hasNext());
    assertFalse(CLUSTER.warm().imapUnordered(x -> x, List.of(), 3).hasNext());
  }

  @Test
  void terminateEndsAWaitingConsumer() throws Exception {
    Marks shared = marks;
    Pool pool = CLUSTER.cluster().pool(1);
    ResultIterator<Integer> results =
        pool.imap(
            item -> {
              shared.make("started");
              shared.await("never");
              return item;
            },
            range(3),
            1);
    marks.await("started");

    pool.terminate();

    assertInstanceOf(PoolTerminatedException.class, failureOf(results));
  }

  @Test
  void terminateIsNotMistakenForTheEndOfTheInput() {
    Pool pool = CLUSTER.cluster().pool(1);
    CountDownLatch never = new CountDownLatch(1);
    ResultIterator<Integer> results =
        pool.imap(x -> x, () -> blockedUntil(never, range(3).iterator()), 1);

    pool.terminate();

    assertInstanceOf(PoolTerminatedException.class, failureOf(results));
  }

  private static Iterator<Integer> blockedUntil(CountDownLatch go, Iterator<Integer> items) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        try {
          go.await();
        } catch (InterruptedException ended) {
          Thread.currentThread().interrupt();
        }
        return items.hasNext();
      }

      @Override
      public Integer next() {
        return items.next();
      }
    };
  }

  private static Throwable failureOf(Iterator<?> results) {
    return assertThrows(CompletionException.class, results::next).getCause();
  }

  private static List<Integer> rest(Iterator<Integer> results) {
    List<Integer> rest = new ArrayList<>();
    results.forEachRemaining(rest::add);
    return rest;
  }

  private static List<Integer> range(int count) {
    return IntStream.range(0, count).boxed().collect(Collectors.toList());
  }
}
