package dev.farpool.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.AsyncResult;
import dev.farpool.Cluster;
import dev.farpool.Pool;
import dev.farpool.ProcessDiedException;
import dev.farpool.SerializableCallable;
import dev.farpool.TaskOptions;
import dev.farpool.TaskTimeoutException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong in tasks, as the program that submitted them sees it. */
@Timeout(60)
class TaskFaultsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final TaskOptions ONCE = TaskOptions.DEFAULTS.withMaxAttempts(1);

  private static Cluster cluster;
  private static Pool pool;

  @BeforeAll
  static void start() {
    cluster = Cluster.local(2);
    pool = cluster.newPool().processes(2).output(text -> {}).build();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static Throwable failureOf(AsyncResult<?> result) {
    return assertThrows(ExecutionException.class, () -> result.get(PATIENCE)).getCause();
  }

  private static Throwable failureOf(SerializableCallable<?> task) {
    return failureOf(pool.applyAsync(task, ONCE));
  }

  @Test
  void anEndlessMessageArrivesCut() {
    Throwable failure =
        failureOf(
            () -> {
              throw new IllegalStateException("x".repeat(50_000_000));
            });

    assertTrue(failure.toString().contains("IllegalStateException"));
    assertTrue(failure.getMessage().length() < 10_000);
    assertTrue(failure.getMessage().contains("…"));
  }

  @Test
  void aTaskThatOverflowsItsStackGetsAnAnswerAndItsProcessIsReplaced() throws Exception {
    Pool single = cluster.pool(1);
    long before = single.apply(() -> ProcessHandle.current().pid());

    AsyncResult<Long> overflow = single.applyAsync(() -> recurse(0));

    assertInstanceOf(StackOverflowError.class, failureOf(overflow));
    assertNotEquals(before, single.apply(() -> ProcessHandle.current().pid()));
    single.terminate();
  }

  private static long recurse(long depth) {
    return depth < 0 ? 0 : recurse(depth + 1) + 1; // The stack ends long before the numbers.
  }

  @Test
  void anExitWithoutAResultIsNoSuccess() {
    Throwable failure =
        failureOf(
            () -> {
              System.exit(0);
              return "never";
            });

    ProcessDiedException died = assertInstanceOf(ProcessDiedException.class, failure);
    assertEquals(OptionalInt.of(0), died.exitCode());
    assertTrue(died.getMessage().contains("before the task had a result"), died.getMessage());
  }

  @Test
  void whatDiedWhereAndHowIsTold() {
    Throwable failure =
        failureOf(
            () -> {
              System.err.println("the reactor is hot");
              Runtime.getRuntime().halt(3);
              return "never";
            });

    ProcessDiedException died = assertInstanceOf(ProcessDiedException.class, failure);
    assertEquals(OptionalInt.of(3), died.exitCode());
    assertEquals(1, died.attempts());
    assertTrue(died.standardErrorTail().contains("the reactor is hot"));
    assertTrue(!died.host().isEmpty() && !died.outOfMemory());
  }

  @Test
  void aPoisonousTaskDoesNotKeepOthersFromRunning() throws Exception {
    AsyncResult<String> poison =
        pool.applyAsync(
            () -> {
              Runtime.getRuntime().halt(1);
              return "never";
            });
    List<AsyncResult<Integer>> others = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int number = i;
      others.add(pool.applyAsync(() -> number));
    }

    for (int i = 0; i < others.size(); i++) {
      assertEquals(i, others.get(i).get(PATIENCE));
    }
    ProcessDiedException died = assertInstanceOf(ProcessDiedException.class, failureOf(poison));
    assertEquals(3, died.attempts());
  }

  @Test
  void theWholeTreeOfATaskThatTookTooLongIsGone(@TempDir Path directory) throws Exception {
    String file = directory.resolve("pid").toString();
    AsyncResult<String> result =
        pool.applyAsync(
            () -> {
              String script = "setsid sh -c 'echo $$ > " + file + "; exec sleep 600' &";
              new ProcessBuilder("sh", "-c", script).start().waitFor();
              Thread.sleep(600_000);
              return "never";
            },
            TaskOptions.DEFAULTS.withTimeout(Duration.ofSeconds(2)));

    assertInstanceOf(TaskTimeoutException.class, failureOf(result));
    assertTrue(isOver(Files.readString(Path.of(file)).strip()));
  }

  /** It is gone, or only waits to be asked after by init. */
  private static boolean isOver(String pid) throws IOException {
    try {
      return Files.readString(Path.of("/proc", pid, "stat")).contains(") Z ");
    } catch (NoSuchFileException gone) {
      return true;
    }
  }

  @Test
  void aFloodOfOutputFillsNoMemory() throws Exception {
    Pool loud = cluster.newPool().processes(1).output(text -> {}).build();
    loud.apply(() -> "warm");
    long before = usedMegabytes();

    String result =
        loud.applyAsync(
                () -> {
                  String line = "x".repeat(1023);
                  for (int i = 0; i < 200 * 1024; i++) {
                    System.out.println(line);
                  }
                  return "printed";
                })
            .get(PATIENCE);

    assertEquals("printed", result);
    long after = usedMegabytes();
    assertTrue(after < before + 50, before + " MB before, " + after + " MB after 200 MB");
    loud.terminate();
  }

  private static long usedMegabytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
  }

  @Test
  void aKilledProcessIsReplacedAndItsTaskRunsAgain(@TempDir Path directory) throws Exception {
    String file = directory.resolve("first").toString();
    AsyncResult<String> result =
        pool.applyAsync(
            () -> {
              if (Files.notExists(Path.of(file))) {
                Files.createFile(Path.of(file));
                crash();
              }
              return "again";
            });

    assertEquals("again", result.get(PATIENCE));
  }

  private static void crash() throws IOException, InterruptedException {
    String pid = Long.toString(ProcessHandle.current().pid());
    new ProcessBuilder("kill", "-SEGV", pid).start();
    TimeUnit.MINUTES.sleep(1);
  }
}
