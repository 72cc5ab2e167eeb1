package dev.farpool.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.AsyncResult;
import dev.farpool.Pool;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 1.2 of the semantics: the ways to hand over work. */
@Timeout(60)
class SubmissionTest {
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster(2);

  private record Point(int x, List<String> tags) implements Serializable {}

  @Test
  void applyGivesTheValueOfAnotherProcess() throws Exception {
    assertNotEquals(
        ProcessHandle.current().pid(), CLUSTER.warm().apply(() -> ProcessHandle.current().pid()));
  }

  @Test
  void applyAsyncTakesFunctionsWithArguments() throws Exception {
    assertEquals(5, CLUSTER.warm().applyAsync(String::length, "hello").get());
    assertEquals(3, CLUSTER.warm().applyAsync(Math::max, 2, 3).get());
  }

  @Test
  void capturedValuesRecordsAndGenericsTravel() throws Exception {
    Map<String, List<Point>> points = Map.of("a", List.of(new Point(1, List.of("t"))));

    assertEquals(points, CLUSTER.warm().apply(() -> points));
  }

  @ParameterizedTest
  @ValueSource(ints = {(1 << 20) - 1, (1 << 20) + 1, 9_000_000})
  void argumentsAndResultsMayBeLarge(int size) throws Exception {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);

    byte[] reversed = CLUSTER.warm().apply(SubmissionTest::reverse, bytes);

    assertArrayEquals(reverse(bytes), reversed);
  }

  private static byte[] reverse(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  @Test
  void tasksOfOneProcessStartInTheOrderOfSubmission(@TempDir Path directory) throws Exception {
    Pool pool = CLUSTER.cluster().pool(1);
    List<AsyncResult<Long>> starts =
        IntStream.range(0, 200)
            .mapToObj(i -> pool.applyAsync(System::nanoTime))
            .collect(Collectors.toList());
    pool.close();
    pool.join();

    for (int i = 1; i < starts.size(); i++) {
      assertEquals(true, starts.get(i - 1).get() < starts.get(i).get(), "at " + i);
    }
  }

  @Test
  void noMoreTasksRunAtATimeThanThePoolHasProcesses(@TempDir Path directory) throws Exception {
    Marks marks = Marks.in(directory);
    try (dev.farpool.Cluster wide = dev.farpool.Cluster.local(3)) {
      Pool pool = wide.pool(2);
      for (int i = 0; i < 6; i++) {
        int number = i;
        pool.applyAsync(
            () -> {
              marks.make("started-" + number);
              marks.await("go-" + number);
            });
      }
      marks.await("started-", 2);
      for (int i = 0; i < 6; i++) {
        assertEquals(Math.min(6, i + 2), startedAfterASettling(marks, i + 2));
        marks.make("go-" + i);
      }
      pool.close();
      pool.join();
    }
  }

  @Test
  void twoLongTasksAmongShortOnesRunSideBySide(@TempDir Path directory) throws Exception {
    Marks marks = Marks.in(directory);
    Pool pool = CLUSTER.cluster().pool(2);
    for (int round = 0; round < 10; round++) {
      String a = "a" + round;
      String b = "b" + round;
      IntStream.range(0, 1000).forEach(task -> pool.applyAsync(System::nanoTime));
      AsyncResult<Void> first = pool.applyAsync(() -> meet(marks, a, b));
      AsyncResult<Void> second = pool.applyAsync(() -> meet(marks, b, a));
      IntStream.range(0, 1000).forEach(task -> pool.applyAsync(System::nanoTime));

      first.get();
      second.get();
    }
  }

  private static void meet(Marks marks, String mine, String other) throws InterruptedException {
    marks.make(mine);
    marks.await(other);
  }

  @Test
  void whatWasSentAheadDoesNotWaitBehindALongTask(@TempDir Path directory) throws Exception {
    Marks marks = Marks.in(directory);
    Pool pool = CLUSTER.cluster().pool(2);
    List<AsyncResult<?>> others = new ArrayList<>();
    IntStream.range(0, 1000).forEach(i -> others.add(pool.applyAsync(System::nanoTime)));
    AsyncResult<Void> longest = pool.applyAsync(() -> marks.await("others have ended"));
    IntStream.range(0, 1000).forEach(i -> others.add(pool.applyAsync(System::nanoTime)));

    for (AsyncResult<?> other : others) {
      assertTrue(other.await(Marks.PATIENCE));
    }

    assertEquals(false, longest.ready());
    marks.make("others have ended");
    longest.get();
  }

  @Test
  void mapKeepsTheOrderOfItsInput() throws Exception {
    List<Integer> input = IntStream.range(0, 1000).boxed().collect(Collectors.toList());

    assertEquals(
        input.stream().map(x -> x * x).collect(Collectors.toList()),
        CLUSTER.warm().map(x -> x * x, input));
  }

  @Test
  void mapAsyncGivesTheListLater() throws Exception {
    assertEquals(List.of(2, 3), CLUSTER.warm().mapAsync(x -> x + 1, List.of(1, 2)).get());
  }

  @Test
  void starmapUnpacksItsItems() throws Exception {
    List<Map.Entry<Integer, Integer>> pairs = List.of(Map.entry(2, 3), Map.entry(4, 5));

    assertEquals(List.of(6, 20), CLUSTER.warm().starmap((x, y) -> x * y, pairs));
    assertEquals(List.of(6, 20), CLUSTER.warm().starmapAsync((x, y) -> x * y, pairs).get());
  }

  @Test
  void nothingInNothingOut() throws Exception {
    assertEquals(List.of(), CLUSTER.warm().map(x -> x, List.of()));
  }

  @Test
  void anErrorOfTheInputOfAMapIsThrownAtTheCall() {
    Iterable<Integer> failing =
        () -> {
          throw new IllegalStateException("no input");
        };

    assertEquals(
        "no input",
        assertThrows(IllegalStateException.class, () -> CLUSTER.warm().mapAsync(x -> x, failing))
            .getMessage());
  }

  @Test
  void thePoolIsAnExecutorServiceToo() throws Exception {
    ExecutorService service = CLUSTER.cluster().pool(1).asExecutorService();

    assertEquals(
        "done",
        service
            .submit((java.util.concurrent.Callable<String> & Serializable) () -> "done")
            .get(20, TimeUnit.SECONDS));
    service.shutdown();
    assertEquals(true, service.awaitTermination(20, TimeUnit.SECONDS));
  }

  private static int startedAfterASettling(Marks marks, int expected) throws InterruptedException {
    marks.await("started-", Math.min(6, expected));
    return marks.names("started-").size();
  }
}
