package dev.farpool.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.AsyncResult;
import dev.farpool.Cluster;
import dev.farpool.Pool;
import dev.farpool.PoolTerminatedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Section 1.6 of the semantics: how a pool ends. */
@Timeout(60)
class CloseTerminateJoinTest {
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster(2);

  @TempDir Path directory;
  private Marks marks;

  @BeforeEach
  void makeMarks() {
    marks = Marks.in(directory);
  }

  @Test
  void everySubmissionToAClosedPoolIsRefused() {
    Pool pool = CLUSTER.cluster().pool(1);
    pool.close();

    Stream.<Executable>of(
            () -> pool.apply(() -> 1),
            () -> pool.applyAsync(() -> 1),
            () -> pool.map(x -> x, List.of(1)),
            () -> pool.mapAsync(x -> x, List.of(1)),
            () -> pool.imap(x -> x, List.of(1)),
            () -> pool.imapUnordered(x -> x, List.of(1)))
        .forEach(
            call ->
                assertEquals(
                    "Pool not running",
                    assertThrows(IllegalStateException.class, call).getMessage()));
  }

  @Test
  void joinOfARunningPoolIsRefused() {
    Pool pool = CLUSTER.cluster().pool(1);

    assertEquals(
        "Pool is still running",
        assertThrows(IllegalStateException.class, pool::join).getMessage());
    assertThrows(IllegalStateException.class, () -> pool.join(Duration.ofSeconds(1)));
  }

  @Test
  void aClosedPoolFinishesWhatIsQueued() throws Exception {
    Pool pool = CLUSTER.cluster().pool(1);
    List<AsyncResult<Integer>> results = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int number = i;
      results.add(pool.applyAsync(() -> number));
    }
    pool.close();
    pool.join();

    for (int i = 0; i < 100; i++) {
      assertTrue(results.get(i).ready());
      assertEquals(i, results.get(i).get());
    }
  }

  @Test
  void closeTerminateAndJoinMayBeRepeatedInAnyOrder() throws Exception {
    Pool pool = CLUSTER.cluster().pool(1);
    pool.close();
    pool.close();
    pool.join();
    pool.join();
    pool.terminate();
    pool.close();
    pool.terminate();
    pool.join();

    assertTrue(pool.join(Duration.ZERO));
  }

  @Test
  void joinWithATimeOutTellsWhetherThePoolHasEnded() throws Exception {
    Marks shared = marks;
    Pool pool = CLUSTER.cluster().pool(1);
    pool.applyAsync(() -> shared.await("go"));
    pool.close();

    assertFalse(pool.join(Duration.ofMillis(50)));
    marks.make("go");
    assertTrue(pool.join(Marks.PATIENCE));
  }

  @Test
  void terminateEndsTenThousandQueuedTasksAtOnce() throws Exception {
    Marks shared = marks;
    Pool pool = CLUSTER.cluster().pool(2);
    List<AsyncResult<Void>> results = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      results.add(pool.applyAsync(() -> shared.await("never")));
    }
    pool.terminate();
    assertTrue(pool.join(Marks.PATIENCE));

    for (AsyncResult<?> result : results) {
      assertTrue(result.ready());
      assertInstanceOf(
          PoolTerminatedException.class,
          assertThrows(ExecutionException.class, result::get).getCause());
    }
  }

  @Test
  void aPoolThatWaitsForCoresCanBeTerminated() throws Exception {
    Marks shared = marks;
    Pool busy = CLUSTER.cluster().pool(2);
    AsyncResult<Void> first = busy.applyAsync(() -> shared.await("go"));
    AsyncResult<Void> second = busy.applyAsync(() -> shared.await("go"));
    Pool waiting = CLUSTER.cluster().pool(2);
    AsyncResult<Integer> never = waiting.applyAsync(() -> 1);

    waiting.terminate();

    assertInstanceOf(
        PoolTerminatedException.class,
        assertThrows(ExecutionException.class, () -> never.get(Marks.PATIENCE)).getCause());
    marks.make("go");
    first.get(Marks.PATIENCE);
    second.get(Marks.PATIENCE);
    busy.closeAndJoin();
  }

  @Test
  void terminateKillsTheProcessesAndTheirChildren() throws Exception {
    Marks shared = marks;
    Pool pool = CLUSTER.cluster().pool(1);
    pool.applyAsync(
        () -> {
          Process child = new ProcessBuilder("setsid", "sleep", "300").start();
          shared.make("child-" + child.pid());
          shared.make("self-" + ProcessHandle.current().pid());
          shared.await("never");
        });
    marks.await("self-", 1);
    marks.await("child-", 1);

    pool.terminate();
    pool.join();

    Marks.until("end of the executor", () -> !isAlive(marks.names("self-").get(0)));
    Marks.until("end of its child", () -> !isAlive(marks.names("child-").get(0)));
  }

  @Test
  void executorsOfAClosedPoolExit() throws Exception {
    Pool pool = CLUSTER.cluster().pool(2);
    long pid = pool.apply(() -> ProcessHandle.current().pid());
    pool.close();
    pool.join();

    Marks.until("end of the executor", () -> !isAlive("self-" + pid));
  }

  @Test
  void closingTheClusterTerminatesItsPools() throws Exception {
    Marks shared = marks;
    AsyncResult<Void> result;
    try (Cluster own = Cluster.local(1)) {
      result = own.pool(1).applyAsync(() -> shared.await("never"));
    }

    assertInstanceOf(
        PoolTerminatedException.class,
        assertThrows(ExecutionException.class, () -> result.get(Marks.PATIENCE)).getCause());
  }

  private static boolean isAlive(String mark) {
    long pid = Long.parseLong(mark.substring(mark.indexOf('-') + 1));
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }
}
