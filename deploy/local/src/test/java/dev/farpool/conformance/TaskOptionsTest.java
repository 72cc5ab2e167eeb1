package dev.farpool.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.AsyncResult;
import dev.farpool.Pool;
import dev.farpool.TaskOptions;
import dev.farpool.TaskTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a task can be given beyond CPython: time limits, cores, labels. */
@Timeout(60)
class TaskOptionsTest {
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster(2);

  @TempDir Path directory;
  private Marks marks;

  @BeforeEach
  void makeMarks() {
    marks = Marks.in(directory);
  }

  @Test
  void aTaskThatRunsTooLongIsEnded() throws Exception {
    Marks shared = marks;
    AsyncResult<Void> result =
        CLUSTER
            .warm()
            .applyAsync(
                () -> shared.await("never"),
                TaskOptions.DEFAULTS.withTimeout(Duration.ofMillis(100)));

    assertInstanceOf(TaskTimeoutException.class, failureOf(result));
    assertEquals("next", CLUSTER.warm().apply(() -> "next"));
  }

  @Test
  void aTaskThatWaitsTooLongIsNeverStarted() throws Exception {
    Marks shared = marks;
    Pool pool = CLUSTER.cluster().pool(1);
    pool.applyAsync(() -> shared.await("go"));

    AsyncResult<Void> late =
        pool.applyAsync(
            () -> shared.make("started late"),
            TaskOptions.DEFAULTS.withQueueTimeout(Duration.ofMillis(100)));

    assertInstanceOf(TaskTimeoutException.class, failureOf(late));
    marks.make("go");
    pool.closeAndJoin();
    assertFalse(marks.has("started late"));
  }

  @Test
  void aTaskOfTwoCoresRunsAlone() throws Exception {
    Marks shared = marks;
    Pool pool = CLUSTER.cluster().pool(2);
    AsyncResult<Void> wide =
        pool.applyAsync(
            () -> {
              shared.make("wide");
              shared.await("go");
            },
            TaskOptions.DEFAULTS.withCores(2));
    marks.await("wide");
    AsyncResult<Boolean> narrow = pool.applyAsync(() -> shared.has("go"));

    assertFalse(narrow.await(Duration.ofMillis(300)));
    marks.make("go");

    assertTrue(narrow.get(Marks.PATIENCE));
    wide.get(Marks.PATIENCE);
    pool.closeAndJoin();
  }

  @Test
  void aTaskForAWorkerThatIsNotThereSaysSo() {
    AsyncResult<Integer> result =
        CLUSTER.warm().applyAsync(() -> 1, TaskOptions.DEFAULTS.withLabels(Map.of("gpu", "yes")));

    String message =
        assertThrows(TimeoutException.class, () -> result.get(Duration.ofMillis(150))).getMessage();

    assertTrue(message.contains("gpu=yes"), message);
    assertTrue(result.cancel(false));
  }

  private static Throwable failureOf(AsyncResult<?> result) {
    return assertThrows(ExecutionException.class, () -> result.get(Marks.PATIENCE)).getCause();
  }
}
