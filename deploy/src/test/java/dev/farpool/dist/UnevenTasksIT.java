package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.AsyncResult;
import dev.farpool.Cluster;
import dev.farpool.Pool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Short tasks with a long one among them, on two workers. */
@Timeout(120)
class UnevenTasksIT extends Sandboxed {
  private static final int TASKS = 1000;
  private static final int SHORT_MILLIS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void nobodyWaitsBehindATaskThatEndsAfterAllOthers() throws Exception {
    String address = twoWorkers();
    String gate = sandbox.directory().resolve("gate").toString();
    try (Cluster cluster = Cluster.connect(address)) {
      Pool pool = cluster.pool(4);
      List<AsyncResult<?>> others = sleeps(pool, TASKS / 3);
      AsyncResult<Void> longest = pool.applyAsync(() -> await(gate));
      others.addAll(sleeps(pool, TASKS - TASKS / 3));

      awaitAll(others);

      assertFalse(longest.ready());
      Files.createFile(Path.of(gate));
      assertTrue(longest.await(PATIENCE));
    }
  }

  @Test
  void theLastTasksDoNotWaitBehindALongOneOfTheirWorker() throws Exception {
    String address = twoWorkers();
    try (Cluster cluster = Cluster.connect(address)) {
      Pool pool = cluster.pool(4);
      for (int round = 0; round < 5; round++) {
        String gate = sandbox.directory().resolve("gate-" + round).toString();
        awaitAll(sleeps(pool, 100));
        List<AsyncResult<Void>> longs =
            IntStream.range(0, 3).mapToObj(i -> pool.applyAsync(() -> await(gate))).toList();
        List<AsyncResult<?>> last = sleeps(pool, 4);

        awaitAll(last);

        assertTrue(longs.stream().noneMatch(AsyncResult::ready));
        Files.createFile(Path.of(gate));
        awaitAll(longs);
      }
    }
  }

  private String twoWorkers() throws Exception {
    String address = sandbox.coordinator();
    sandbox.worker(address, "w1", 2);
    sandbox.worker(address, "w2", 2);
    return address;
  }

  private static List<AsyncResult<?>> sleeps(Pool pool, int count) {
    List<AsyncResult<?>> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      results.add(pool.applyAsync(() -> Thread.sleep(SHORT_MILLIS)));
    }
    return results;
  }

  private static void awaitAll(List<? extends AsyncResult<?>> results) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (AsyncResult<?> result : results) {
      assertTrue(result.await(Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))));
      result.get();
    }
  }

  private static void await(String gate) throws InterruptedException {
    while (!Files.exists(Path.of(gate))) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }
}
