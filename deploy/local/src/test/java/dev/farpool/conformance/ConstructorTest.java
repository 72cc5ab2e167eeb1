package dev.farpool.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.Pool;
import dev.farpool.PoolBuilder;
import java.io.File;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 1.1 of the semantics: what a pool is made of. */
@Timeout(60)
class ConstructorTest {
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster(3);

  @Test
  void thereAreAsManyProcessesAsTheClusterHasCores() {
    Pool pool = CLUSTER.cluster().newPool().build();

    assertTrue(pool.toString().endsWith(" state=RUN processes=3>"), pool::toString);
    pool.close();
    assertTrue(pool.toString().endsWith(" state=CLOSE processes=3>"), pool::toString);
    pool.terminate();
    assertTrue(pool.toString().endsWith(" state=TERMINATE processes=3>"), pool::toString);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void fewerThanOneProcessIsRefused(int processes) {
    String message = "Number of processes must be at least 1, not " + processes;

    assertRefused(message, () -> CLUSTER.cluster().pool(processes));
    assertRefused(message, () -> new Pool(processes));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void fewerThanOneTaskPerChildIsRefused(int tasks) {
    assertRefused(
        "maxTasksPerChild must be 1 to 2147483647, not " + tasks,
        () -> CLUSTER.cluster().newPool().maxTasksPerChild(tasks));
  }

  @ParameterizedTest
  @CsvSource({"4, 1", "1, 4"})
  void aChunkCountsAsOneTaskOfAChild(int chunkSize, int children) throws Exception {
    Pool pool = CLUSTER.cluster().newPool().processes(1).maxTasksPerChild(1).build();

    List<Long> pids =
        pool.map(item -> ProcessHandle.current().pid(), List.of(1, 2, 3, 4), chunkSize);

    assertEquals(children, new HashSet<>(pids).size());
    pool.terminate();
  }

  @Test
  void anOldChildIsReplaced() throws Exception {
    assertReplacedAfterEachTask(CLUSTER.cluster().newPool().maxChildAge(Duration.ofNanos(1)));
  }

  @Test
  void aLargeChildIsReplaced() throws Exception {
    assertReplacedAfterEachTask(CLUSTER.cluster().newPool().maxChildMemory(1));
  }

  private static void assertReplacedAfterEachTask(PoolBuilder limited) throws Exception {
    Pool pool = limited.processes(1).build();

    long first = pool.apply(() -> ProcessHandle.current().pid());
    long second = pool.apply(() -> ProcessHandle.current().pid());

    assertNotEquals(first, second);
    pool.terminate();
  }

  @Test
  void agesAndSizesThatCannotBeAreRefused() {
    assertRefused(
        "maxChildAge must be positive, not PT0S",
        () -> CLUSTER.cluster().newPool().maxChildAge(Duration.ZERO));
    assertRefused(
        "maxChildMemory must be at least 1 byte, not 0",
        () -> CLUSTER.cluster().newPool().maxChildMemory(0));
  }

  @Test
  void jvmOptionsEnvironmentAndDirectoryReachTheProcess() throws Exception {
    Pool pool =
        CLUSTER
            .cluster()
            .newPool()
            .processes(1)
            .jvmOptions("-Dcolour=blue")
            .environment(Map.of("SHAPE", "round"))
            .workingDirectory("/")
            .build();

    assertEquals(
        "blue round /",
        pool.apply(
            () ->
                String.join(
                    " ",
                    System.getProperty("colour"),
                    System.getenv("SHAPE"),
                    new File("").getAbsolutePath())));
    pool.terminate();
  }

  @Test
  void aTaskMayStartProcesses() throws Exception {
    assertEquals(
        3, CLUSTER.warm().apply(() -> new ProcessBuilder("sh", "-c", "exit 3").start().waitFor()));
  }

  @Test
  void aTaskMayHaveAPoolOfItsOwn() throws Exception {
    assertEquals(
        List.of(1, 4, 9),
        CLUSTER
            .warm()
            .apply(
                () -> {
                  Pool inner = new Pool(1);
                  try {
                    return inner.map(x -> x * x, List.of(1, 2, 3));
                  } finally {
                    inner.terminate();
                  }
                }));
  }

  @Test
  void aPoolCannotBeSentToAnotherProcess() {
    Pool pool = CLUSTER.warm();

    String message =
        assertThrows(IllegalArgumentException.class, () -> pool.applyAsync(() -> pool.toString()))
            .getMessage();

    assertTrue(message.contains("dev.farpool.Pool"), message);
  }

  private static void assertRefused(
      String message, org.junit.jupiter.api.function.Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
