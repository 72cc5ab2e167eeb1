package dev.farpool.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.AsyncResult;
import dev.farpool.Pool;
import dev.farpool.PoolBrokenException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Sections 1.1 and 1.8 of the semantics: what runs in an executor before its first task. */
@Timeout(60)
class InitializerTest {
  private static final AtomicInteger INITIALIZED = new AtomicInteger();

  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster(2);

  @TempDir Path directory;
  private Marks marks;

  @BeforeEach
  void makeMarks() {
    marks = Marks.in(directory);
  }

  @Test
  void itRunsOnceInEachExecutorBeforeItsFirstTask() throws Exception {
    int start = 40;
    Pool pool =
        CLUSTER
            .cluster()
            .newPool()
            .processes(1)
            .initializer(() -> INITIALIZED.addAndGet(start + 2))
            .build();

    assertEquals(List.of(42, 42, 42), pool.map(item -> INITIALIZED.get(), List.of(1, 2, 3), 1));
    pool.terminate();
  }

  @Test
  void itRunsAgainInEveryReplacement() throws Exception {
    Marks shared = marks;
    Pool pool =
        CLUSTER
            .cluster()
            .newPool()
            .processes(1)
            .maxTasksPerChild(1)
            .initializer(() -> shared.make("ready-" + ProcessHandle.current().pid()))
            .build();

    Set<String> ran =
        pool.map(item -> "ready-" + ProcessHandle.current().pid(), List.of(1, 2, 3), 1).stream()
            .collect(Collectors.toSet());

    assertEquals(3, ran.size());
    assertTrue(marks.names("ready-").containsAll(ran));
    pool.terminate();
  }

  @Test
  void onesThatFailBreakThePoolAfterThreeInARow() throws Exception {
    Marks shared = marks;
    Pool pool =
        CLUSTER
            .cluster()
            .newPool()
            .processes(1)
            .initializer(
                () -> {
                  shared.make("start-" + ProcessHandle.current().pid());
                  throw new IllegalStateException("no database");
                })
            .build();
    List<AsyncResult<Integer>> results = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      results.add(pool.applyAsync(() -> 1));
    }

    for (AsyncResult<?> result : results) {
      Throwable broken =
          assertThrows(ExecutionException.class, () -> result.get(Marks.PATIENCE)).getCause();
      assertInstanceOf(PoolBrokenException.class, broken);
      assertEquals("no database", broken.getCause().getMessage());
    }
    assertEquals(3, marks.names("start-").size());
    assertThrows(IllegalStateException.class, () -> pool.applyAsync(() -> 1).get());
    pool.close();
    pool.join();
  }
}
