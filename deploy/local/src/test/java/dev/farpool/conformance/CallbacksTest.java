package dev.farpool.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.AsyncResult;
import dev.farpool.Pool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Section 1.4 of the semantics: callbacks. */
@Timeout(60)
class CallbacksTest {
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster(2);

  private final List<Object> seen = Collections.synchronizedList(new ArrayList<>());

  @Test
  void theCallbackHasRunBeforeTheResultIsReady() throws Exception {
    CountDownLatch inCallback = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AsyncResult<String> result =
        CLUSTER
            .warm()
            .applyAsync(
                () -> "value",
                value -> {
                  inCallback.countDown();
                  awaitQuietly(go);
                  seen.add(value);
                },
                seen::add);

    inCallback.await();
    assertFalse(result.ready());
    go.countDown();

    assertEquals("value", result.get(Marks.PATIENCE));
    assertEquals(List.of("value"), seen);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void onlyTheErrorCallbackGetsAnError() {
    AsyncResult<Object> result =
        CLUSTER
            .warm()
            .applyAsync(
                () -> {
                  throw new IllegalStateException("on purpose");
                },
                value -> seen.add("value"),
                seen::add);

    Throwable cause = assertThrows(ExecutionException.class, result::get).getCause();

    assertEquals(1, seen.size(), seen::toString);
    assertSame(cause, seen.get(0));
  }

  @Test
  void theCallbackOfAMapGetsTheWholeListOnce() throws Exception {
    AsyncResult<List<Integer>> result =
        CLUSTER.warm().mapAsync(x -> x * x, List.of(1, 2, 3, 4), 1, seen::add, seen::add);

    assertEquals(List.of(1, 4, 9, 16), result.get(Marks.PATIENCE));
    assertEquals(List.of(List.of(1, 4, 9, 16)), seen);
  }

  @Test
  void anEmptyMapIsReadyAtOnceAndCallsNobody() throws Exception {
    AsyncResult<List<Integer>> result =
        CLUSTER.warm().mapAsync(x -> x, List.<Integer>of(), 1, seen::add, seen::add);

    assertTrue(result.ready());
    assertTrue(result.successful());
    assertEquals(List.of(), result.get());
    assertEquals(List.of(), seen);
  }

  @Test
  void callbacksRunOneAtATimeInTheOrderOfTheResults() throws Exception {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Pool oneProcess = CLUSTER.cluster().pool(1);
    for (int i = 0; i < 50; i++) {
      int number = i;
      oneProcess.applyAsync(
          () -> number,
          value -> {
            threads.add(Thread.currentThread());
            seen.add(value);
          },
          seen::add);
    }
    oneProcess.close();
    oneProcess.join();

    for (int i = 0; i < 50; i++) {
      assertEquals(i, seen.get(i));
    }
    assertEquals(1, threads.size());
    assertNotSame(Thread.currentThread(), threads.iterator().next());
  }

  @Test
  void aThrowingCallbackBecomesTheOutcomeAndHarmsNothingElse() throws Exception {
    AsyncResult<String> result =
        CLUSTER
            .warm()
            .applyAsync(
                () -> "value",
                value -> {
                  throw new IllegalStateException("the callback's own");
                },
                seen::add);

    Throwable cause = assertThrows(ExecutionException.class, result::get).getCause();

    assertEquals("the callback's own", cause.getMessage());
    assertFalse(result.successful());
    assertEquals("fine", CLUSTER.warm().applyAsync(() -> "fine", seen::add, seen::add).get());
  }

  @Test
  void aBlockingCallbackHoldsUpOnlyTheCallbacksBehindIt() throws Exception {
    Pool pool = CLUSTER.cluster().pool(1);
    CountDownLatch go = new CountDownLatch(1);
    AsyncResult<Integer> blocked = pool.applyAsync(() -> 1, value -> awaitQuietly(go), seen::add);
    AsyncResult<Integer> behind = pool.applyAsync(() -> 2, seen::add, seen::add);

    assertEquals(3, pool.applyAsync(() -> 3).get(Marks.PATIENCE));
    assertEquals(4, CLUSTER.warm().applyAsync(() -> 4, seen::add, seen::add).get(Marks.PATIENCE));
    assertFalse(blocked.ready());
    assertFalse(behind.ready());
    go.countDown();

    assertEquals(1, blocked.get(Marks.PATIENCE));
    assertEquals(2, behind.get(Marks.PATIENCE));
    assertEquals(List.of(4, 2), seen);
    pool.terminate();
  }

  @Test
  void aThrowingErrorCallbackKeepsTheErrorOfTheTask() {
    AsyncResult<Object> result =
        CLUSTER
            .warm()
            .applyAsync(
                () -> {
                  throw new IllegalStateException("the task's own");
                },
                seen::add,
                error -> {
                  throw new IllegalArgumentException("the callback's own");
                });

    Throwable cause = assertThrows(ExecutionException.class, result::get).getCause();

    assertEquals("the callback's own", cause.getMessage());
    assertTrue(
        List.of(cause.getSuppressed()).stream()
            .anyMatch(error -> "the task's own".equals(error.getMessage())));
  }
}
