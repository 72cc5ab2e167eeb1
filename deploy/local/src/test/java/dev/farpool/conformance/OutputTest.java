package dev.farpool.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.AsyncResult;
import dev.farpool.Pool;
import dev.farpool.TaskOutput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What tasks print. */
@Timeout(60)
class OutputTest {
  private static final int FLOOD_LINES = 64 * 1024;

  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster(1);

  private final List<String> printed = new CopyOnWriteArrayList<>();
  private final List<String> complained = new CopyOnWriteArrayList<>();

  @Test
  void whatATaskPrintsComesBeforeItsResult() throws Exception {
    Pool pool = pool();

    pool.apply(
        () -> {
          System.out.println("out");
          System.err.println("err");
        });

    assertEquals("out\n", String.join("", printed));
    assertEquals("err\n", String.join("", complained));
    pool.terminate();
  }

  @Test
  void outputOfOneProcessKeepsItsOrder() throws Exception {
    Pool pool = pool();
    for (int i = 0; i < 200; i++) {
      int number = i;
      pool.applyAsync(() -> System.out.println("line " + number));
    }
    pool.closeAndJoin();

    assertEquals(
        IntStream.range(0, 200).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining()),
        String.join("", printed));
  }

  @Test
  void aLastLineWithoutItsEndIsPrintedToo() throws Exception {
    Pool pool = pool();

    pool.apply(() -> System.out.print("no newline"));

    assertEquals("no newline", String.join("", printed));
    pool.terminate();
  }

  @Test
  void outputOfAChildOfATaskIsPrintedToo() throws Exception {
    Pool pool = pool();

    pool.apply(() -> new ProcessBuilder("echo", "from a child").inheritIO().start().waitFor());
    pool.closeAndJoin();

    assertEquals("from a child\n", String.join("", printed));
  }

  @Test
  void aSlowReaderHoldsUpNeitherTasksNorOtherPools(@TempDir Path directory) throws Exception {
    Marks marks = Marks.in(directory);
    CountDownLatch go = new CountDownLatch(1);
    AtomicLong read = new AtomicLong();
    AtomicLong dropped = new AtomicLong();
    Pool slow =
        CLUSTER
            .cluster()
            .newPool()
            .processes(1)
            .output(
                part -> {
                  awaitQuietly(go);
                  read.addAndGet(part.bytes().length);
                  dropped.addAndGet(part.dropped());
                })
            .build();
    AsyncResult<Void> flood = slow.applyAsync(() -> flood(marks));
    marks.await("printed");

    assertEquals(1, CLUSTER.cluster().pool(1).applyAsync(() -> 1).get(Marks.PATIENCE));
    go.countDown();
    flood.get(Marks.PATIENCE);

    assertEquals(FLOOD_LINES * 1024L, read.get() + dropped.get());
    assertTrue(dropped.get() > 0, "nothing was dropped");
    slow.terminate();
  }

  private static void flood(Marks marks) {
    String line = "x".repeat(1023) + "\n";
    for (int i = 0; i < FLOOD_LINES; i++) {
      System.out.print(line);
    }
    marks.make("printed");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Pool pool() {
    return CLUSTER.cluster().newPool().processes(1).output(this::take).build();
  }

  private void take(TaskOutput output) {
    (output.standardError() ? complained : printed)
        .add(new String(output.bytes(), StandardCharsets.UTF_8));
  }
}
