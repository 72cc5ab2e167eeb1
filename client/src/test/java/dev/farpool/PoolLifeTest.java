package dev.farpool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = SECONDS)
@SuppressWarnings("FutureReturnValueIgnored") // As programs do.
class PoolLifeTest {
  private final Cluster cluster = Cluster.local(3);

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
  void closedPoolRefusesNewTasks() throws Exception {
    Pool pool = cluster.pool(2);
    AsyncResult<Integer> before = pool.applyAsync(Gate::pass, 1);
    pool.close();
    pool.close();
    assertEquals(
        "Pool not running",
        assertThrows(IllegalStateException.class, () -> pool.applyAsync(() -> 1)).getMessage());
    assertThrows(IllegalStateException.class, () -> pool.map(x -> x, List.of(1)));
    assertThrows(IllegalStateException.class, () -> pool.imap(x -> x, List.of(1)));
    assertFalse(pool.join(Duration.ofMillis(1)));
    Gate.open();
    pool.join();
    pool.join();
    assertTrue(before.ready());
  }

  @Test
  void aRunningPoolCannotBeJoined() {
    Pool pool = cluster.pool(2);
    assertEquals(
        "Pool is still running",
        assertThrows(IllegalStateException.class, pool::join).getMessage());
  }

  @Test
  void exitOfTheJvmEndsNoWait() throws Exception {
    Pool pool = cluster.pool(2);
    AsyncResult<Integer> result = pool.applyAsync(Gate::pass, 1);
    pool.close();

    cluster.exit();

    assertFalse(result.ready());
    assertFalse(pool.join(Duration.ZERO));
  }

  @Test
  void terminateCompletesEveryResult() throws Exception {
    Pool pool = cluster.pool(2);
    List<AsyncResult<Integer>> results = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      results.add(pool.applyAsync(Gate::pass, i));
    }
    pool.terminate();
    pool.terminate();
    pool.close();
    pool.join();
    for (AsyncResult<Integer> result : results) {
      Throwable failure = assertThrows(ExecutionException.class, result::get).getCause();
      assertInstanceOf(PoolTerminatedException.class, failure);
    }
  }

  @Test
  void joinWaitsForCallbacks() throws Exception {
    Pool pool = cluster.pool(2);
    List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 100; i++) {
      pool.applyAsync(x -> x, i, seen::add);
    }
    pool.closeAndJoin();
    assertEquals(100, seen.size());
  }

  @Test
  void aPoolHasAsManyProcessesAsTheClusterHasCores() {
    assertEquals(3, cluster.newPool().build().processes());
  }

  @Test
  void wrongNumbersAreRefused() {
    assertEquals(
        "Number of processes must be at least 1, not 0",
        assertThrows(IllegalArgumentException.class, () -> cluster.pool(0)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> cluster.newPool().maxTasksPerChild(0));
    Pool pool = cluster.pool(1);
    assertEquals(
        "Chunksize must be 1+, not 0",
        assertThrows(IllegalArgumentException.class, () -> pool.map(x -> x, List.of(1), 0))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> pool.imap(x -> x, List.of(1), 0));
  }

  @Test
  void closingTheClusterEndsItsPools() {
    Pool pool = cluster.pool(1);
    AsyncResult<Integer> result = pool.applyAsync(Gate::pass, 1);
    cluster.close();
    assertInstanceOf(
        PoolTerminatedException.class,
        assertThrows(ExecutionException.class, result::get).getCause());
    assertThrows(IllegalStateException.class, () -> cluster.pool(1));
  }

  @Test
  void itIsAnExecutorService() throws Exception {
    ExecutorService executor = cluster.pool(2).asExecutorService();
    Future<Integer> one = executor.submit((Callable<Integer> & Serializable) () -> 1);
    Future<String> given = executor.submit((Runnable & Serializable) () -> {}, "given");
    assertEquals(1, one.get());
    assertEquals("given", given.get());
    Callable<Integer> two = (Callable<Integer> & Serializable) () -> 2;
    assertEquals(2, executor.invokeAny(List.of(two, two)));
    for (Future<Integer> future : executor.invokeAll(List.of(two, two))) {
      assertEquals(2, future.get());
    }
    executor.shutdown();
    assertTrue(executor.awaitTermination(10, TimeUnit.SECONDS));
    assertTrue(executor.isTerminated());
    assertThrows(RejectedExecutionException.class, () -> executor.submit(two));
  }
}
