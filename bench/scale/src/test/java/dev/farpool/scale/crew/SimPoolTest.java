package dev.farpool.scale.crew;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.v1.AttemptsFinished;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimPoolTest {
  private final SimPool pool = new SimPool(7, new Prefetch(1e6));

  @Test
  void startsNoMoreThanItHasSlots() {
    pool.add(0, 3, 1, 2);

    Runnable first = pool.start();
    pool.start();
    assertFalse(pool.mayStart());
    first.run();
    assertTrue(pool.mayStart());
  }

  @Test
  void tellsWhatHasEndedOnce() {
    pool.add(10, 2, 1, 2);
    pool.start().run();
    pool.start().run();

    AttemptsFinished finished = pool.takeFinished();

    assertEquals(7, finished.getPool());
    assertEquals(List.of(10L, 11L), finished.getBlock().getIndexesList());
    assertEquals(List.of(0, 0), finished.getBlock().getSizesList());
    assertEquals(List.of(), finished.getBlockAttemptsList());
    assertFalse(pool.hasFinished());
  }

  @Test
  void tellsTheAttemptsWhereOneIsNotTheFirst() {
    pool.add(0, 1, 1, 2);
    pool.add(5, 1, 3, 2);
    pool.start().run();
    pool.start().run();

    assertEquals(List.of(1, 3), pool.takeFinished().getBlockAttemptsList());
  }
}
