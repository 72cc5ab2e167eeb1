package dev.farpool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = SECONDS)
@SuppressWarnings("FutureReturnValueIgnored") // As programs do.
class PoolTest {
  private final Cluster cluster = Cluster.local(2);

  @AfterEach
  void close() {
    cluster.close();
  }

  static final AtomicInteger RAN = new AtomicInteger();

  static void work() throws IOException {
    RAN.incrementAndGet();
  }

  static int answer() throws IOException {
    return 42;
  }

  static int square(int x) {
    return x * x;
  }

  static int add(int x, int y) {
    return x + y;
  }

  @Test
  void threeTasksRunAndThePoolEnds() throws Exception {
    RAN.set(0);
    Pool pool = cluster.pool(2);
    pool.applyAsync(PoolTest::work);
    pool.applyAsync(PoolTest::work);
    pool.applyAsync(PoolTest::work);
    pool.close();
    pool.join();
    assertEquals(3, RAN.get());
  }

  @Test
  void functionsOfAllShapesGiveTheirResults() throws Exception {
    Pool pool = cluster.pool(2);
    assertEquals(42, pool.applyAsync(PoolTest::answer).get());
    assertEquals(49, pool.applyAsync(PoolTest::square, 7).get());
    assertEquals(5, pool.applyAsync(PoolTest::add, 2, 3).get());
    int captured = 20;
    assertEquals(21, pool.apply(() -> captured + 1));
    assertEquals("ABC", pool.apply(String::toUpperCase, "abc"));
    assertEquals(new ArrayList<>(), pool.apply(() -> new ArrayList<String>()));
  }

  @Test
  void mapKeepsTheOrderOfItems() throws Exception {
    Pool pool = cluster.pool(2);
    assertEquals(List.of(0, 1, 4, 9, 16), pool.map(PoolTest::square, List.of(0, 1, 2, 3, 4)));
    assertEquals(List.of(), pool.map(PoolTest::square, List.of()));
    assertEquals(
        List.of(3, 7), pool.starmap(PoolTest::add, List.of(Map.entry(1, 2), Map.entry(3, 4)), 1));
  }

  @Test
  void exceptionsArriveAsTheyWereThrown() {
    Pool pool = cluster.pool(2);
    ExecutionException thrown =
        assertThrows(
            ExecutionException.class,
            () ->
                pool.apply(
                    () -> {
                      throw new IOException("disk full");
                    }));
    assertEquals(IOException.class, thrown.getCause().getClass());
    assertEquals("disk full", thrown.getCause().getMessage());
    assertTrue(thrown.getCause().getCause() instanceof RemoteStackTrace);
  }

  @Test
  void imapGivesResultsInOrder() {
    Pool pool = cluster.pool(2);
    List<Integer> results = new ArrayList<>();
    pool.imap(PoolTest::square, List.of(1, 2, 3, 4, 5), 2).forEachRemaining(results::add);
    assertEquals(List.of(1, 4, 9, 16, 25), results);
  }
}
