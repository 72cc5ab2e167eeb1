package dev.farpool.coordinator.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.farpool.v1.TaskStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndedTasksTest {
  private static final PoolKey POOL = new PoolKey("alice", "p");
  private static final PoolKey OTHER = new PoolKey("bob", "p");
  private static final TaskTimes NO_TIMES = TaskTimes.queued(TaskTimes.UNKNOWN);

  private final EndedTasks tasks = new EndedTasks();

  private static TaskRow row(TaskStatus.State state, long first, long count) {
    return new TaskRow(
        POOL,
        TaskStatus.newBuilder()
            .setPoolId("p")
            .setIndex(first)
            .setCount(count)
            .setState(state)
            .build(),
        NO_TIMES);
  }

  private static TaskRow success(long index) {
    return row(TaskStatus.State.STATE_SUCCEEDED, index, 1);
  }

  private static TaskRow failure(long index) {
    return row(TaskStatus.State.STATE_FAILED, index, 1);
  }

  private List<Long> latest(int most) {
    return tasks.latest(Long.MAX_VALUE, row -> true, most).stream()
        .map(entry -> entry.row().status().getIndex())
        .toList();
  }

  @Test
  void theLatestComesFirstWhateverItsKind() {
    tasks.add(success(0));
    tasks.add(failure(1));
    tasks.add(success(2));

    assertEquals(List.of(2L, 1L, 0L), latest(10));
    assertEquals(List.of(2L, 1L), latest(2));
  }

  @Test
  void aListingGoesOnFromANumber() {
    for (long index = 0; index < 5; index++) {
      tasks.add(success(index));
    }
    long third = tasks.latest(Long.MAX_VALUE, row -> true, 3).get(2).number();

    assertEquals(2, tasks.latest(third, row -> true, 1).get(0).row().status().getIndex());
  }

  @Test
  void successesDoNotWashFailuresAway() {
    tasks.add(failure(0));
    for (long index = 1; index <= 2L * EndedTasks.MOST_SUCCESSES; index++) {
      tasks.add(success(index));
    }

    assertEquals(EndedTasks.MOST_SUCCESSES + 1, latest(Integer.MAX_VALUE).size());
    assertNotNull(tasks.find(POOL, 0));
    assertNull(tasks.find(POOL, 1));
  }

  @Test
  void failuresAreBoundedAndDoNotWashSuccessesAway() {
    tasks.add(success(0));
    for (long index = 1; index <= 2L * EndedTasks.MOST_OTHERS; index++) {
      tasks.add(failure(index));
    }

    assertEquals(EndedTasks.MOST_OTHERS + 1, latest(Integer.MAX_VALUE).size());
    assertNotNull(tasks.find(POOL, 0));
  }

  @Test
  void thereIsRoomForAFewSuccessesOfEachMoment() {
    for (int i = 0; i < EndedTasks.MOST_IN_WINDOW; i++) {
      assertEquals(EndedTasks.MOST_IN_WINDOW - i, tasks.room(5));
      tasks.add(success(i));
    }

    assertEquals(0, tasks.room(5 + EndedTasks.WINDOW_NANOS - 1));
    assertEquals(EndedTasks.MOST_IN_WINDOW, tasks.room(5 + EndedTasks.WINDOW_NANOS));
  }

  @Test
  void aTaskIsFoundAmongThoseThatWereEndedTogether() {
    tasks.add(row(TaskStatus.State.STATE_CANCELLED, 100, 50));

    assertNotNull(tasks.find(POOL, 149));
    assertNull(tasks.find(POOL, 150));
    assertNull(tasks.find(OTHER, 149));
  }
}
