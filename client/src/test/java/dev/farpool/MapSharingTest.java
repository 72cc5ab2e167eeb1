package dev.farpool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.call.HandBack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a map does with items that a chunk hands back; one process, so that it is the same always.
 */
@Timeout(60)
class MapSharingTest extends OnFakeCoordinator {
  private static final int CHUNKS = 4;
  private static final List<Integer> ITEMS = IntStream.range(0, 40).boxed().toList();

  private Pool one;

  @BeforeEach
  void makePool() {
    one = cluster.pool(1);
  }

  /** Each chunk of ten hands back what comes after its fourth item. */
  static int square(int item) {
    if (item % 10 == 3) {
      HandBack.ask();
    }
    return item * item;
  }

  static int failing(int item) {
    if (item % 10 == 8) {
      throw new IllegalStateException("item " + item);
    }
    return square(item);
  }

  private static List<Integer> squares() {
    return ITEMS.stream().map(item -> item * item).toList();
  }

  @Test
  void whatAChunkHandsBackIsDoneInSmallerParts() throws Exception {
    assertEquals(squares(), one.map(MapSharingTest::square, ITEMS));

    assertEquals(CHUNKS + CHUNKS * 4, coordinator.started());
  }

  @Test
  void pairsAreHandedBackToo() throws Exception {
    List<Map.Entry<Integer, Integer>> pairs = new ArrayList<>();
    ITEMS.forEach(item -> pairs.add(Map.entry(item, 1)));

    assertEquals(squares(), one.starmap((a, b) -> square(a) * b, pairs));
    assertTrue(coordinator.started() > CHUNKS);
  }

  @Test
  void aSettledMapHasTheOutcomesOfWhatWasHandedBack() throws Exception {
    List<Settled<Integer>> outcomes = one.mapSettled(MapSharingTest::failing, ITEMS);

    for (int item : ITEMS) {
      assertEquals(item % 10 != 8, outcomes.get(item).succeeded());
    }
    assertTrue(coordinator.started() > CHUNKS);
  }

  @Test
  void anErrorInWhatWasHandedBackFailsTheMap() {
    Throwable failure =
        assertThrows(ExecutionException.class, () -> one.map(MapSharingTest::failing, ITEMS))
            .getCause();

    assertTrue(failure.getMessage().matches("item .?8"), failure.getMessage());
  }

  @Test
  void aClosedPoolStillDoesWhatIsHandedBack() throws Exception {
    AsyncResult<List<Integer>> result = one.mapAsync(MapSharingTest::square, ITEMS);
    one.close();
    one.join();

    assertEquals(squares(), result.get());
    assertEquals(CHUNKS + CHUNKS * 4, coordinator.started());
  }

  @Test
  void whatIsHandedBackByACancelledMapIsNotDone() throws Exception {
    AsyncResult<List<Integer>> result =
        one.mapAsync(
            item -> {
              Gate.pass(item);
              return square(item);
            },
            ITEMS);
    awaitStarts(1);

    assertTrue(Answers.await(result.cancelTasks(CancelMode.QUEUED_ONLY)));
    Gate.open();

    assertThrows(CancellationException.class, result::get);
    assertEquals(1, coordinator.started());
  }

  @Test
  void chunksOfAGivenSizeStayWhole() throws Exception {
    assertEquals(squares(), one.map(MapSharingTest::square, ITEMS, 10));

    assertEquals(CHUNKS, coordinator.started());
  }

  @Test
  void aChunkStaysOneTaskWhereTasksOfAChildAreCounted() throws Exception {
    Pool counting = cluster.newPool().processes(1).maxTasksPerChild(100).build();

    assertEquals(squares(), counting.map(MapSharingTest::square, ITEMS));
    assertEquals(CHUNKS, coordinator.started());
  }
}
