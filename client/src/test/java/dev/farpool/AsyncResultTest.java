package dev.farpool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = SECONDS)
class AsyncResultTest {
  private final Cluster cluster = Cluster.local(2);
  private final Pool pool = cluster.pool(2);

  static final class OddException extends Exception {
    OddException(int number, String reason) {
      super(reason + number);
    }
  }

  static int fail(int number) throws OddException {
    throw new OddException(number, "odd ");
  }

  @BeforeEach
  void shut() {
    Gate.shut();
  }

  @AfterEach
  void close() {
    Gate.open();
    cluster.close();
  }

  @Test
  void aResultIsNotReadyBeforeItsTaskEnded() throws Exception {
    AsyncResult<Integer> result = pool.applyAsync(Gate::pass, 1);
    assertFalse(result.ready());
    assertFalse(result.isDone());
    assertFalse(result.await(Duration.ZERO));
    String message = assertThrows(IllegalStateException.class, result::successful).getMessage();
    assertTrue(message.endsWith("not ready"), message);
    assertThrows(TimeoutException.class, () -> result.get(Duration.ZERO));
    Gate.open();
    assertEquals(1, result.get());
    assertEquals(1, result.get(Duration.ZERO));
    assertTrue(result.successful());
  }

  @Test
  void aTimeOutSaysWhatTheTaskWaitsFor() {
    AsyncResult<Integer> result = pool.applyAsync(Gate::pass, 1);
    String message =
        assertThrows(TimeoutException.class, () -> result.get(Duration.ofMillis(120))).getMessage();
    assertTrue(message.contains("all 2 slots are busy"), message);
  }

  @Test
  void failuresComeAgainAndAgain() throws Exception {
    AsyncResult<Integer> result = pool.applyAsync(AsyncResultTest::fail, 3);
    Throwable first = assertThrows(ExecutionException.class, result::get).getCause();
    assertInstanceOf(OddException.class, first);
    assertEquals("odd 3", first.getMessage());
    assertInstanceOf(RemoteStackTrace.class, first.getCause());
    assertTrue(first.getCause().getMessage().contains("AsyncResultTest.fail"));
    assertSame(first, assertThrows(ExecutionException.class, result::get).getCause());
    assertFalse(result.successful());
  }

  @Test
  void callbacksRunBeforeTheResultIsReadyAndInOrder() throws Exception {
    List<Object> order = Collections.synchronizedList(new ArrayList<>());
    AtomicReference<AsyncResult<Integer>> self = new AtomicReference<>();
    AsyncResult<Integer> first =
        pool.applyAsync(Gate::pass, 1, value -> order.add(self.get().ready() ? "late" : value));
    self.set(first);
    AsyncResult<Integer> second =
        pool.applyAsync(AsyncResultTest::fail, 2, order::add, failure -> order.add("failed"));
    Gate.open();
    assertEquals(1, first.get());
    assertThrows(ExecutionException.class, second::get);
    assertEquals(List.of(1, "failed").size(), order.size());
    assertTrue(order.containsAll(List.of(1, "failed")), order.toString());
  }

  @Test
  void whatACallbackThrowsIsTheOutcome() {
    AsyncResult<Integer> result =
        pool.applyAsync(
            () -> 1,
            value -> {
              throw new IllegalArgumentException("in callback");
            });
    assertEquals(
        "in callback", assertThrows(ExecutionException.class, result::get).getCause().getMessage());
  }

  @Test
  void theOriginalFailureIsKeptWhenItsCallbackThrows() {
    AsyncResult<Integer> result =
        pool.applyAsync(
            AsyncResultTest::fail,
            1,
            null,
            failure -> {
              throw new IllegalArgumentException("in callback");
            });
    Throwable thrown = assertThrows(ExecutionException.class, result::get).getCause();
    assertInstanceOf(OddException.class, thrown.getSuppressed()[0]);
  }

  @Test
  void stagesRunOnTheCallbackThread() throws Exception {
    AsyncResult<Integer> result = pool.applyAsync(Gate::pass, 20);
    var thread = result.thenApplyAsync(value -> Thread.currentThread().getName());
    var sum = result.thenCombine(pool.applyAsync(() -> 22), Integer::sum);
    var failed = pool.applyAsync(AsyncResultTest::fail, 1).exceptionally(failure -> -1);
    Gate.open();
    assertTrue(thread.toCompletableFuture().get().startsWith("farpool-callbacks"));
    assertEquals(42, sum.toCompletableFuture().get());
    assertEquals(-1, failed.toCompletableFuture().get());
  }

  @Test
  void aQueuedTaskIsCancelled() throws Exception {
    AsyncResult<Integer> one = pool.applyAsync(Gate::pass, 1);
    AsyncResult<Integer> two = pool.applyAsync(Gate::pass, 2);
    AsyncResult<Integer> queued = pool.applyAsync(Gate::pass, 3);
    assertTrue(queued.cancel(CancelMode.QUEUED_ONLY));
    assertTrue(queued.isCancelled());
    assertThrows(CancellationException.class, queued::get);
    Gate.open();
    assertEquals(3, one.get() + two.get());
    assertFalse(one.cancel(true));
  }

  @Test
  void emptyMapsAreReadyAndCallNobodyBack() throws Exception {
    List<Object> called = new ArrayList<>();
    AsyncResult<List<Integer>> result =
        pool.mapAsync(Gate::pass, List.<Integer>of(), called::add, called::add);
    assertTrue(result.ready());
    assertEquals(List.of(), result.get());
    pool.closeAndJoin();
    assertEquals(List.of(), called);
  }

  static int oddFails(int x) throws OddException {
    RAN.add(x);
    return x % 4 == 1 ? fail(x) : x;
  }

  private static final List<Integer> RAN = Collections.synchronizedList(new ArrayList<>());

  @Test
  void aMapFailsWhenAllChunksHaveEndedAndSkipsTheRestOfAChunk() {
    RAN.clear();
    List<Integer> items = List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertThrows(ExecutionException.class, () -> pool.map(AsyncResultTest::oddFails, items, 4));
    assertEquals(List.of(0, 1, 4, 5, 8, 9), RAN.stream().sorted().toList());
  }

  @Test
  void aSettledMapHasAnOutcomeForEachItem() throws Exception {
    List<Settled<Integer>> outcomes =
        pool.mapSettled(AsyncResultTest::oddFails, List.of(0, 1, 2, 5), 2);
    assertEquals(0, outcomes.get(0).value());
    assertInstanceOf(OddException.class, outcomes.get(1).failure());
    assertInstanceOf(RemoteStackTrace.class, outcomes.get(1).failure().getCause());
    assertEquals(2, outcomes.get(2).value());
    assertFalse(outcomes.get(3).succeeded());
  }

  @Test
  void largeArgumentsAndResultsGoAsBlobs() throws Exception {
    byte[] large = new byte[5 << 20];
    large[large.length - 1] = 7;
    AsyncResult<byte[]> result = pool.applyAsync(bytes -> bytes, large);
    assertEquals(7, result.get()[large.length - 1]);
  }

  @Test
  void refusedArgumentsLeaveThePoolUnharmed() throws Exception {
    assertThrows(IllegalArgumentException.class, () -> pool.applyAsync(x -> x, new Object()));
    assertThrows(
        IllegalArgumentException.class, () -> pool.map(x -> x, List.of(1, new Object()), 1));
    assertThrows(NullPointerException.class, () -> pool.applyAsync((SerializableRunnable) null));
    assertEquals(1, pool.apply(() -> 1));
    assertNull(pool.apply(() -> null));
  }
}
