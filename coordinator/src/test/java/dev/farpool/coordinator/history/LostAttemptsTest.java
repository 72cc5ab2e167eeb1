package dev.farpool.coordinator.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.farpool.v1.AttemptStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class LostAttemptsTest {
  private static final PoolKey POOL = new PoolKey("alice", "p");
  private static final PoolKey OTHER = new PoolKey("bob", "p");
  private static final WallTime WALL = new WallTime(0, 0);
  private static final TaskTimes NO_TIMES = TaskTimes.queued(0);

  private final LostAttempts lost = new LostAttempts();

  private void lose(long index, int attempt) {
    lost.add(POOL, index, AttemptStatus.newBuilder().setAttempt(attempt).build(), NO_TIMES);
  }

  @Test
  void theAttemptsOfATaskComeInTheirOrder() {
    lose(3, 1);
    lose(4, 1);
    lose(3, 2);

    List<AttemptStatus> found = lost.of(POOL, 3, WALL);

    assertEquals(List.of(1, 2), found.stream().map(AttemptStatus::getAttempt).toList());
    assertEquals(List.of(), lost.of(OTHER, 3, WALL));
  }

  @Test
  void theOldestIsForgotten() {
    for (int index = 0; index <= LostAttempts.MOST; index++) {
      lose(index, 1);
    }

    assertEquals(List.of(), lost.of(POOL, 0, WALL));
    assertEquals(1, lost.of(POOL, 1, WALL).size());
  }
}
