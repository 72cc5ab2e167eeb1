package dev.farpool.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.AsyncResult;
import dev.farpool.Pool;
import dev.farpool.ProcessDiedException;
import dev.farpool.TaskOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Section 1.8 of the semantics: a process that dies takes no task with it. */
@Timeout(60)
class ProcessDeathTest {
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster(2);

  @TempDir Path directory;
  private Marks marks;

  @BeforeEach
  void makeMarks() {
    marks = Marks.in(directory);
  }

  @Test
  void aTaskWhoseProcessIsKilledRunsAgain() throws Exception {
    Marks shared = marks;

    String value =
        CLUSTER
            .warm()
            .applyAsync(
                () -> {
                  if (shared.claim("first attempt")) {
                    killMyself();
                  }
                  return "second attempt";
                })
            .get(Marks.PATIENCE);

    assertEquals("second attempt", value);
  }

  @Test
  void aTaskThatKillsEveryProcessFailsWithTheCause() {
    Marks shared = marks;
    AsyncResult<Object> result =
        CLUSTER
            .warm()
            .applyAsync(
                () -> {
                  shared.make("attempt-" + ProcessHandle.current().pid());
                  System.err.println("my last words");
                  return killMyself();
                });

    ProcessDiedException died = deathOf(result);

    assertEquals(OptionalInt.of(-9), died.exitCode());
    assertEquals(3, died.attempts());
    assertEquals(3, marks.names("attempt-").size());
    assertTrue(died.standardErrorTail().contains("my last words"), died::standardErrorTail);
  }

  @Test
  void systemExitEndsTheProcessAndTellsItsCode() {
    AsyncResult<Object> result =
        CLUSTER
            .warm()
            .applyAsync(
                () -> {
                  System.exit(7);
                  return null;
                },
                TaskOptions.DEFAULTS.withMaxAttempts(1));

    ProcessDiedException died = deathOf(result);

    assertEquals(OptionalInt.of(7), died.exitCode());
    assertEquals(1, died.attempts());
  }

  @Test
  void atMostOnceMeansOneAttempt() {
    Marks shared = marks;
    AsyncResult<Object> result =
        CLUSTER
            .warm()
            .applyAsync(
                () -> {
                  shared.make("attempt-" + ProcessHandle.current().pid());
                  return killMyself();
                },
                TaskOptions.DEFAULTS.atMostOnce());

    assertEquals(1, deathOf(result).attempts());
    assertEquals(1, marks.names("attempt-").size());
  }

  @Test
  void neighboursOfADeadProcessAreNotToBlame() throws Exception {
    Pool pool = CLUSTER.cluster().pool(1);
    List<AsyncResult<Integer>> neighbours = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      if (i == 10) {
        pool.applyAsync(ProcessDeathTest::killMyself, TaskOptions.DEFAULTS.withMaxAttempts(1));
      }
      neighbours.add(pool.applyAsync(() -> number));
    }
    pool.close();
    pool.join();

    for (int i = 0; i < 20; i++) {
      assertEquals(i, neighbours.get(i).get());
    }
  }

  @Test
  void runningOutOfMemoryIsToldApart() {
    Pool pool = CLUSTER.cluster().newPool().processes(1).jvmOptions("-Xmx32m").build();
    AsyncResult<Integer> result =
        pool.applyAsync(
            () -> {
              List<byte[]> hoard = new ArrayList<>();
              while (hoard.size() < 1000) {
                hoard.add(new byte[1 << 20]);
              }
              return hoard.size();
            },
            TaskOptions.DEFAULTS.withMaxAttempts(1));

    assertTrue(deathOf(result).outOfMemory());
    pool.terminate();
  }

  @Test
  void anErrorIsAnAnswerToo() {
    AsyncResult<Object> result =
        CLUSTER
            .warm()
            .applyAsync(
                () -> {
                  throw new StackOverflowError("deep");
                });

    Throwable error =
        assertThrows(ExecutionException.class, () -> result.get(Marks.PATIENCE)).getCause();

    assertInstanceOf(StackOverflowError.class, error);
    assertEquals("deep", error.getMessage());
  }

  private static ProcessDiedException deathOf(AsyncResult<?> result) {
    return assertInstanceOf(
        ProcessDiedException.class,
        assertThrows(ExecutionException.class, () -> result.get(Marks.PATIENCE)).getCause());
  }

  private static Object killMyself() throws IOException, InterruptedException {
    long pid = ProcessHandle.current().pid();
    new ProcessBuilder("kill", "-9", Long.toString(pid)).start().waitFor();
    Thread.sleep(Marks.PATIENCE.toMillis()); // Never passes.
    return null;
  }
}
