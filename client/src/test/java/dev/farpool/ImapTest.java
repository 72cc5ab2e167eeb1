package dev.farpool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, unit = SECONDS)
class ImapTest {
  private final Cluster cluster = Cluster.local(2);
  private final Pool pool = cluster.pool(2);

  @BeforeEach
  void shut() {
    Gate.shut();
  }

  @AfterEach
  void close() {
    Gate.open();
    cluster.close();
  }

  private static List<Object> drain(ResultIterator<?> results) {
    List<Object> seen = new ArrayList<>();
    while (results.hasNext()) {
      try {
        seen.add(results.next());
      } catch (CompletionException failed) {
        seen.add(failed.getCause().getClass().getSimpleName());
      }
    }
    assertThrows(NoSuchElementException.class, results::next);
    return seen;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void anErrorStaysAtItsPlaceAndTheOthersCome(int chunkSize) {
    List<Object> seen = drain(pool.imap(x -> 6 / x, List.of(1, 0, 2, 3), chunkSize));
    assertEquals(List.of(6, "ArithmeticException", 3, 2), seen);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void anItemThatCannotBeSentFailsAlone(int chunkSize) {
    List<Object> seen = drain(pool.imap(x -> x, List.<Object>of(1, new Object(), 2, 3), chunkSize));
    assertEquals(List.of(1, "IllegalArgumentException", 2, 3), seen);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 100})
  void anExceptionOfTheInputComesAtItsPlace(int chunkSize) {
    Iterable<Integer> input =
        () -> IntStream.range(0, 10).map(x -> x / (x == 5 ? x - 5 : 1)).boxed().iterator();
    List<Object> seen = drain(pool.imap(x -> x, input, chunkSize));
    assertEquals(List.of(0, 1, 2, 3, 4, "ArithmeticException"), seen);
  }

  @Test
  void afterATimeOutTheSameResultComes() throws Exception {
    ResultIterator<Integer> results = pool.imap(Gate::pass, List.of(7));
    assertThrows(TimeoutException.class, () -> results.next(Duration.ofMillis(1)));
    Gate.open();
    assertEquals(7, results.next(Duration.ofSeconds(20)));
    assertFalse(results.hasNext());
  }

  @Test
  void theWindowBoundsWhatIsTakenOfTheInput() {
    Gate.open();
    AtomicInteger taken = new AtomicInteger();
    Iterable<Integer> endless =
        () ->
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                return true;
              }

              @Override
              public Integer next() {
                return taken.getAndIncrement();
              }
            };
    try (ResultIterator<Integer> results = pool.imap(Gate::pass, endless)) {
      for (int i = 0; i < 100; i++) {
        assertEquals(i, results.next());
        // A window of 2 chunks a process, and the one the feeder has in its hand.
        assertTrue(taken.get() <= i + 1 + 4 + 1, taken + " were taken after " + i);
      }
    }
  }

  @Test
  void aSlowInputKeepsNobodyElseWaiting() throws Exception {
    Semaphore slow = new Semaphore(0);
    Iterable<Integer> input =
        () -> IntStream.range(0, 2).peek(x -> slow.acquireUninterruptibly()).boxed().iterator();
    ResultIterator<Integer> results = pool.imap(x -> x, input);
    assertEquals(5, pool.apply(() -> 5));
    slow.release(2);
    assertEquals(List.of(0, 1), drain(results));
  }

  @Test
  void unorderedResultsAllCome() {
    Gate.open();
    List<Integer> input = IntStream.range(0, 1000).boxed().toList();
    Set<Integer> seen = new TreeSet<>();
    pool.imapUnordered(Gate::pass, input, 7).forEachRemaining(seen::add);
    assertEquals(new TreeSet<>(input), seen);
  }

  @Test
  void aJoinedPoolEndsThoughNobodyReads() throws Exception {
    Gate.open();
    ResultIterator<Integer> results =
        pool.imap(Gate::pass, IntStream.range(0, 100).boxed().toList());
    pool.close();
    pool.join();
    assertEquals(100, drain(results).size());
  }

  @Test
  void aStreamThatIsCutShortEndsInAFailure() throws Exception {
    Gate.open();
    ResultIterator<Integer> results =
        pool.imap(Gate::pass, IntStream.range(0, 100).boxed().toList());
    assertEquals(0, results.next());
    pool.terminate();
    List<Object> rest = drain(results);
    assertEquals("PoolTerminatedException", rest.get(rest.size() - 1));
  }

  @Test
  void terminateEndsTheStream() throws Exception {
    ResultIterator<Integer> results =
        pool.imap(Gate::pass, IntStream.range(0, 100).boxed().toList());
    pool.terminate();
    pool.join();
    for (Object seen : drain(results)) {
      assertEquals("PoolTerminatedException", seen);
    }
  }
}
