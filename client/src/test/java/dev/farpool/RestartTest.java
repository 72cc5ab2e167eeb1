package dev.farpool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.v1.IndexRange;
import dev.farpool.v1.ResumedPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The link when its coordinator is lost, forgets, or comes back as another one. */
@Timeout(value = 60, unit = SECONDS)
class RestartTest extends OnFakeCoordinator {
  @Test
  void anotherCoordinatorGetsWhatIsUnfinished() throws Exception {
    AsyncResult<Integer> finished = pool.applyAsync(() -> 7);
    assertEquals(7, finished.get());
    List<AsyncResult<Integer>> results = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      results.add(pool.applyAsync(Gate::pass, 1));
    }
    coordinator.restart();
    AsyncResult<Integer> after = pool.applyAsync(() -> 5);
    Gate.open();
    assertEquals(3000, sum(results));
    assertEquals(5, after.get());
    assertEquals(2, coordinator.created());
    pool.closeAndJoin();
  }

  @Test
  void theFirstPoolCanBeMadeDuringAnOutage() throws Exception {
    cluster.close();
    cluster = connect(Duration.ofSeconds(20));
    coordinator.blobs().lostQuestions.set(2);
    assertEquals(9, cluster.pool(1).apply(() -> 9));
  }

  @Test
  void aPoolCanBeMadeWhileTheCoordinatorComesBack() throws Exception {
    coordinator.restart();
    assertEquals(9, cluster.pool(1).apply(() -> 9));
  }

  @Test
  void anotherCoordinatorIsToldHowFarThePoolHadCome() throws Exception {
    List<AsyncResult<Integer>> finished = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int captured = i;
      finished.add(pool.applyAsync(() -> captured));
    }
    assertEquals(45, sum(finished));
    AsyncResult<Integer> once = pool.applyAsync(Gate::pass, 1, TaskOptions.DEFAULTS.atMostOnce());
    awaitStarts(11);
    coordinator.recording = true;
    coordinator.restart();
    Gate.open();
    assertEquals(1, once.get());
    ResumedPool resumed = coordinator.resumed.get(0);
    assertEquals(11, resumed.getNextIndex());
    assertEquals(
        List.of(IndexRange.newBuilder().setFirst(0).setCount(10).build()),
        resumed.getFinishedList());
    assertEquals(10, coordinator.requests.get(0).getBatches(0).getFirstIndex());
  }

  @Test
  void aCancelOutlivesTheCoordinatorThatTookIt() throws Exception {
    coordinator.slowToTell = true;
    AsyncResult<Integer> result = pool.applyAsync(Gate::pass, 1);
    awaitStarts(1);
    assertTrue(result.cancelTasks(CancelMode.KILL).toCompletableFuture().get());
    coordinator.restart();
    Gate.open();
    assertThrows(CancellationException.class, result::get);
    pool.closeAndJoin();
  }

  @Test
  void aProcessSurvivesTheLossOfItsCoordinator() throws Exception {
    RemoteProcess process = cluster.newProcess(() -> Gate.pass(0)).start();
    awaitStarts(1);
    coordinator.restart();
    Gate.open();
    process.join();
    assertEquals(OptionalInt.of(0), process.exitCode());
  }

  @Test
  void largeArgumentsReachTheNextCoordinatorToo() throws Exception {
    byte[] large = new byte[3 << 20];
    AsyncResult<Integer> blocking = pool.applyAsync(Gate::pass, 1);
    AsyncResult<Integer> result = pool.applyAsync(RestartTest::lengthBehindTheGate, large);
    awaitStarts(2);
    coordinator.blobs().forget();
    coordinator.restart();
    Gate.open();
    assertEquals(3 << 20, result.get());
    assertEquals(1, blocking.get());
  }

  static int lengthBehindTheGate(byte[] bytes) throws InterruptedException {
    return Gate.pass(bytes.length);
  }

  @Test
  void aLargeResultIsReadWhenTheCoordinatorIsBack() throws Exception {
    AsyncResult<byte[]> result = pool.applyAsync(() -> new byte[3 << 20]);
    assertTrue(result.await(Duration.ofSeconds(20)));
    coordinator.blobs().breakDownloads = 2;
    Thread.currentThread().interrupt();
    assertTrue(result.successful());
    assertTrue(Thread.interrupted());
    assertEquals(3 << 20, result.get().length);
  }

  @Test
  void aPoolThatIsClosedWhileItsCoordinatorIsAwayEndsAtTheNext() throws Exception {
    assertEquals(1, pool.applyAsync(() -> 1).get());
    coordinator.restart();
    pool.close();
    pool.join();
  }

  @Test
  void aPoolTerminatedDuringAnOutageIsTerminatedWhenItIsOver() throws Exception {
    AsyncResult<Integer> result = pool.applyAsync(Gate::pass, 1);
    awaitStarts(1);
    coordinator.down = true;
    coordinator.breakStreams();
    pool.terminate();
    pool.join();
    assertThrows(ExecutionException.class, result::get);
    coordinator.down = false;
    await(() -> coordinator.running() == 0 && coordinator.unacknowledged() == 0);
  }

  @Test
  void aPoolThatTheCoordinatorDoesNotKnowEndsAndSaysSo() {
    AsyncResult<Integer> result = pool.applyAsync(Gate::pass, 1);
    coordinator.forgetPools();
    Throwable failure = assertThrows(ExecutionException.class, result::get).getCause();
    assertTrue(failure.getMessage().contains("does not know it any more"), failure.getMessage());
  }

  @Test
  void aFunctionWhoseTasksHadAllEndedIsDefinedAnewAtAnotherCoordinator() throws Exception {
    assertEquals(3, pool.applyAsync(RestartTest::plusOne, 2).get());
    AsyncResult<Integer> waiting = pool.applyAsync(Gate::pass, 7);
    coordinator.restart();
    AsyncResult<Integer> after = pool.applyAsync(RestartTest::plusOne, 3);
    Gate.open();
    assertEquals(7, waiting.get());
    assertEquals(4, after.get());
  }

  static int plusOne(int number) {
    return number + 1;
  }

  @Test
  void aSessionThatWasForgottenEndsItsPools() {
    AsyncResult<Integer> result = pool.applyAsync(Gate::pass, 1);
    coordinator.forgetSessions();
    Throwable failure = assertThrows(ExecutionException.class, result::get).getCause();
    assertInstanceOf(PoolTerminatedException.class, failure);
    assertTrue(failure.getMessage().contains("had heard nothing"), failure.getMessage());
  }

  @Test
  void aPoolWhoseConnectionOnlyBreaksEndsHereAndThere() throws Exception {
    cluster.close();
    cluster = connect(Duration.ofMillis(50));
    AsyncResult<Integer> result = cluster.pool(1).applyAsync(Gate::pass, 1);
    awaitStarts(1);
    coordinator.breakingResults = true;
    coordinator.breakStreams();
    Throwable failure = assertThrows(ExecutionException.class, result::get).getCause();
    assertTrue(failure.getMessage().contains("its connection only breaks"), failure.getMessage());
    await(() -> coordinator.running() == 0 && coordinator.unacknowledged() == 0);
  }

  @Test
  void anUnreachableCoordinatorIsGivenUpInTheEnd() throws Exception {
    cluster.close();
    cluster = connect(Duration.ofMillis(50));
    AsyncResult<Integer> result = cluster.pool(1).applyAsync(Gate::pass, 1);
    coordinator.down = true;
    coordinator.breakStreams();
    Throwable failure = assertThrows(ExecutionException.class, result::get).getCause();
    assertTrue(failure.getMessage().contains("could be reached"), failure.getMessage());
  }
}
