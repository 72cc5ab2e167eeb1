package dev.farpool.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.AsyncResult;
import dev.farpool.CancelMode;
import dev.farpool.Pool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 1.3 of the semantics: AsyncResult. */
@Timeout(60)
class ResultsTest {
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster(2);

  @TempDir Path directory;
  private Marks marks;

  @BeforeEach
  void makeMarks() {
    marks = Marks.in(directory);
  }

  @ParameterizedTest
  @ValueSource(longs = {20, 0, -5})
  void getThatTimesOutLeavesTheTaskAlone(long millis) throws Exception {
    AsyncResult<String> result = gated("value");

    assertThrows(TimeoutException.class, () -> result.get(Duration.ofMillis(millis)));
    marks.make("go");

    assertEquals("value", result.get(Marks.PATIENCE));
  }

  @Test
  void getSaysWhatTheTaskIsWaitingFor() throws Exception {
    AsyncResult<String> result = gated("value");
    marks.await("started");

    String message =
        assertThrows(TimeoutException.class, () -> result.get(Duration.ofMillis(150))).getMessage();

    assertTrue(message.contains("worker local"), message);
    marks.make("go");
    result.get(Marks.PATIENCE);
  }

  @Test
  void getGivesTheSameOutcomeEachTime() throws Exception {
    AsyncResult<String> good = CLUSTER.warm().applyAsync(() -> "once");
    AsyncResult<Object> bad =
        CLUSTER
            .warm()
            .applyAsync(
                () -> {
                  throw new IllegalStateException("always");
                });

    for (int i = 0; i < 2; i++) {
      assertEquals("once", good.get());
      assertEquals(
          "always", assertThrows(ExecutionException.class, bad::get).getCause().getMessage());
    }
  }

  @Test
  void awaitTellsWhetherTheResultIsThere() throws Exception {
    AsyncResult<String> result = gated("value");

    assertFalse(result.await(Duration.ofMillis(20)));
    marks.make("go");
    assertTrue(result.await(Marks.PATIENCE));
  }

  @Test
  void readyAndSuccessfulFollowTheOutcome() throws Exception {
    AsyncResult<String> good = gated("value");
    AsyncResult<Object> bad =
        CLUSTER
            .warm()
            .applyAsync(
                () -> {
                  throw new IllegalStateException("on purpose");
                });

    assertFalse(good.ready());
    String early = assertThrows(IllegalStateException.class, good::successful).getMessage();
    assertTrue(early.endsWith(" not ready"), early);
    marks.make("go");
    assertTrue(good.await(Marks.PATIENCE));
    assertTrue(good.ready());
    assertTrue(good.successful());
    assertTrue(bad.await(Marks.PATIENCE));
    assertTrue(bad.ready());
    assertFalse(bad.successful());
  }

  @Test
  void aResultIsAFutureAndACompletionStage() throws Exception {
    AsyncResult<Integer> result = CLUSTER.warm().applyAsync(() -> 6);

    assertEquals(
        42, result.thenApply(six -> six * 7).toCompletableFuture().get(20, TimeUnit.SECONDS));
    assertEquals(6, result.get(20, TimeUnit.SECONDS));
    assertTrue(result.isDone());
  }

  @Test
  void cancelEndsARunningTask() throws Exception {
    AsyncResult<String> result = gated("never");
    marks.await("started");

    assertTrue(result.cancel(true));

    assertTrue(result.isCancelled());
    assertThrows(CancellationException.class, result::get);
    assertEquals("next", CLUSTER.warm().apply(() -> "next"));
  }

  @Test
  void cancelOfQueuedTasksLeavesRunningOnesAlone() throws Exception {
    Marks shared = marks;
    Pool pool = CLUSTER.cluster().pool(1);
    AsyncResult<Void> running =
        pool.applyAsync(
            () -> {
              shared.make("started");
              shared.await("go");
            });
    AsyncResult<Void> waiting = pool.applyAsync(() -> shared.make("waited"));
    marks.await("started");

    assertFalse(running.cancel(CancelMode.QUEUED_ONLY));
    assertTrue(waiting.cancel(CancelMode.QUEUED_ONLY));
    marks.make("go");

    assertNull(running.get(Marks.PATIENCE));
    pool.closeAndJoin();
    assertFalse(marks.has("waited"));
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERRUPT", "KILL"})
  void cancelEndsATaskThatWillNotListen(CancelMode mode) throws Exception {
    Marks shared = marks;
    Pool pool = CLUSTER.cluster().newPool().processes(1).stopGrace(Duration.ofMillis(100)).build();
    AsyncResult<Void> stubborn =
        pool.applyAsync(
            () -> {
              shared.make("started-" + ProcessHandle.current().pid());
              while (!shared.has("never")) {
                Thread.onSpinWait();
              }
            });
    marks.await("started-", 1);

    assertTrue(stubborn.cancel(mode));

    assertTrue(stubborn.isCancelled());
    assertEquals("next", pool.apply(() -> "next"));
    pool.closeAndJoin();
  }

  private AsyncResult<String> gated(String value) {
    Marks shared = marks;
    return CLUSTER
        .warm()
        .applyAsync(
            () -> {
              shared.make("started");
              shared.await("go");
              return value;
            });
  }
}
