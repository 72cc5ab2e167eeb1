package dev.farpool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That programs compile as people write them. */
@Timeout(value = 30, unit = SECONDS)
class OverloadsTest {
  static void nothing() {}

  static void throwing() throws IOException, InterruptedException {
    if (System.nanoTime() == 0) {
      throw new IOException();
    }
  }

  static String text() throws IOException {
    return "text";
  }

  static int length(String text) {
    return text.length();
  }

  static double power(double base, int exponent) {
    return Math.pow(base, exponent);
  }

  static <T extends Comparable<T>> T first(List<T> items) {
    return items.get(0);
  }

  static <T> T same(T item) {
    return item;
  }

  private static void take(Object result) {
    TAKEN.set(result);
  }

  private static void failed(Throwable failure) {
    throw new AssertionError(failure);
  }

  private static final AtomicReference<Object> TAKEN = new AtomicReference<>();

  @Test
  void methodReferencesAndLambdasFindTheirOverload() throws Exception {
    try (Cluster cluster = Cluster.local(2)) {
      Pool pool = cluster.pool(2);
      AsyncResult<Void> none = pool.applyAsync(OverloadsTest::nothing);
      assertNull(none.get());
      assertNull(pool.applyAsync(OverloadsTest::throwing).get());
      AsyncResult<String> text = pool.applyAsync(OverloadsTest::text);
      assertEquals("text", text.get());
      AsyncResult<Integer> lambda = pool.applyAsync(() -> 1 + 1);
      assertEquals(2, lambda.get());
      pool.applyAsync(() -> nothing()).get();
      pool.applyAsync(
              () -> {
                throwing();
              })
          .get();
      int length = pool.applyAsync(OverloadsTest::length, "four").get();
      assertEquals(4, length);
      assertEquals(5, pool.applyAsync(x -> x + 1, 4).get());
      assertEquals(8.0, pool.applyAsync(OverloadsTest::power, 2.0, 3).get());
      assertEquals("a", pool.applyAsync(OverloadsTest::<String>first, List.of("a", "b")).get());
      assertEquals("z", pool.applyAsync(OverloadsTest::same, "z").get());
    }
  }

  @Test
  void callbacksAndOptionsFindTheirOverload() throws Exception {
    try (Cluster cluster = Cluster.local(2)) {
      Pool pool = cluster.pool(2);
      pool.applyAsync(OverloadsTest::text, OverloadsTest::take).get();
      assertEquals("text", TAKEN.get());
      pool.applyAsync(() -> 3, result -> TAKEN.set(result + 1)).get();
      assertEquals(4, TAKEN.get());
      pool.applyAsync(OverloadsTest::nothing, nothing -> TAKEN.set("ended")).get();
      assertEquals("ended", TAKEN.get());
      pool.applyAsync(() -> 3, OverloadsTest::take, OverloadsTest::failed).get();
      pool.applyAsync(OverloadsTest::throwing, OverloadsTest::take, OverloadsTest::failed).get();
      pool.applyAsync(OverloadsTest::length, "four", OverloadsTest::take).get();
      pool.applyAsync(OverloadsTest::length, "four", OverloadsTest::take, null).get();
      pool.applyAsync(OverloadsTest::power, 2.0, 3, OverloadsTest::take, null).get();
      assertEquals(8.0, TAKEN.get());
      TaskOptions options = TaskOptions.DEFAULTS.withMaxAttempts(1);
      pool.applyAsync(OverloadsTest::nothing, options).get();
      pool.applyAsync(() -> 3, options).get();
      pool.applyAsync(OverloadsTest::length, "four", options).get();
      pool.applyAsync(OverloadsTest::power, 2.0, 3, options).get();
    }
  }

  @Test
  void mapsInferTheirTypes() throws Exception {
    try (Cluster cluster = Cluster.local(2)) {
      Pool pool = cluster.pool(2);
      List<Integer> lengths = pool.map(OverloadsTest::length, List.of("a", "bb"));
      assertEquals(List.of(1, 2), lengths);
      List<Integer> squares = pool.map(x -> x * x, List.of(1, 2, 3));
      assertEquals(List.of(1, 4, 9), squares);
      List<Double> powers =
          pool.starmap(OverloadsTest::power, List.of(Map.entry(2.0, 2), Map.entry(3.0, 1)));
      assertEquals(List.of(4.0, 3.0), powers);
      List<Double> ofMap = pool.starmap(OverloadsTest::power, Map.of(2.0, 2).entrySet());
      assertEquals(List.of(4.0), ofMap);
      for (ResultIterator<String> results = pool.imap(x -> "n" + x, List.of(1, 2));
          results.hasNext(); ) {
        assertEquals(2, results.next().length());
      }
      pool.mapAsync(OverloadsTest::length, List.of("x"), OverloadsTest::take, null).get();
      assertEquals(List.of(1), TAKEN.get());
    }
  }
}
