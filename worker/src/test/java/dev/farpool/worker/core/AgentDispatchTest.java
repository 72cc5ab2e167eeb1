package dev.farpool.worker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.PoolReleased;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.TaskOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is given to which executor, and how much of it. */
class AgentDispatchTest extends AgentFixture {
  @Test
  void executorsAreStartedForWaitingTasksUpToTheSlots() {
    attach("c");
    open(1, PoolSpec.newBuilder());

    start(1, 1, 0, 1);
    assertEquals(List.of("start 1 for p1"), effects.take());
    start(1, 2, 1, 5);
    assertEquals(List.of("start 2 for p1"), effects.take());
  }

  @Test
  void withoutKnowledgeEachExecutorHasOneTaskAtATimeInOrder() {
    attach("c");
    open(1, PoolSpec.newBuilder());
    start(1, 2, 0, 3);
    effects.take();

    ready(1, 2);
    assertEquals(
        List.of(
            "setUp 1",
            "setUp 2",
            "define 1 at 1",
            "run 0..0 at 1",
            "define 1 at 2",
            "run 1..1 at 2"),
        effects.take());
    finish(2, 1, 1, 5 * SECOND);
    assertEquals(List.of("run 2..2 at 2"), effects.take());
  }

  @Test
  void shortTasksAreGivenManyAtATimeAndCreditIsGranted() {
    attach("c");
    openBusy(1);
    finish(1, 0, 1, 10_000);

    AttachRequest message = effects.takeSent().get(0);
    int prefetch = message.getCredits(0).getPrefetchPerSlot();
    assertTrue(prefetch >= 50 && prefetch <= 1000, "prefetch " + prefetch);
    effects.take();
    start(1, 1, 1, prefetch);
    assertEquals(List.of("run 1.." + prefetch + " at 1"), effects.take());
  }

  @Test
  void whatComesGoesInOneFrameToTheExecutorThatHasLeast() {
    twoIdleExecutors(MILLI);
    start(1, 2, 2, 12);
    finish(1, 2, 2, 2 * MILLI);
    effects.take();

    start(1, 2, 14, 2);

    assertEquals(List.of("run 14..15 at 1"), effects.take());
  }

  @Test
  void fewTasksAreDealtOutInTheirOrder() {
    twoIdleExecutors(10_000);
    effects.take();

    start(1, 2, 2, 3);

    assertEquals(List.of("run 2..2 at 1", "run 3..3 at 2", "run 4..4 at 1"), effects.take());
  }

  @Test
  void tasksStuckBehindALongOneAreRecalledAndMoved() {
    twoIdleExecutors(10_000);
    effects.take();
    start(1, 2, 2, 8);
    assertEquals(List.of("run 2..5 at 1", "run 6..9 at 2"), effects.take());
    finish(2, 6, 4, 40_000);

    now += 51 * MILLI;
    agent.settle(now);

    assertEquals(List.of("recall below 5 at 1"), effects.take());
    agent.recalled(1, 2);
    agent.settle(now);
    assertEquals(List.of("run 3..3 at 2"), effects.take().subList(0, 1));
  }

  @Test
  void whatIsKeptReadyMovesToAnExecutorThatHasNothingToDo() {
    twoIdleExecutors(10 * MILLI);
    start(1, 2, 2, 3);
    effects.take();

    finish(2, 3, 1, 10 * MILLI);

    assertEquals(List.of("recall below 3 at 1"), effects.take());
    agent.recalled(1, 2);
    agent.settle(now);
    assertEquals(List.of("run 4..4 at 2"), effects.take());
  }

  @Test
  void whatIsKeptReadyStaysBehindATaskThatIsAboutToEnd() {
    twoIdleExecutors(10 * MILLI);
    start(1, 2, 2, 3);
    effects.take();

    now += 9 * MILLI;
    finish(2, 3, 1, 9 * MILLI);

    assertEquals(List.of(), effects.take());
  }

  @Test
  void aTaskThatStartsAtMostOnceWaitsForAnExecutorOfItsOwn() {
    attach("c");
    openBusy(1);
    finish(1, 0, 1, 10_000);
    effects.take();

    start(1, 2, 1, 2, TaskOptions.newBuilder().setAtMostOnce(true));
    start(1, 2, 3, 1);
    assertEquals(List.of("run 1..1 at 1", "start 2 for p1"), effects.take());

    ready(2);
    assertEquals(
        List.of("setUp 2", "define 1 at 2", "run 2..2 at 2", "run 3..3 at 1"), effects.take());
  }

  @Test
  void wideTasksTakeTheirSlots() {
    attach("c");
    open(1, PoolSpec.newBuilder());
    start(1, 2, 0, 2, TaskOptions.newBuilder().setCores(2));
    assertEquals(List.of("start 1 for p1"), effects.take());
    ready(1);
    assertEquals("run 0..0 at 1", effects.take().get(2));

    finish(1, 0, 1, SECOND);
    assertEquals(List.of("run 1..1 at 1"), effects.take());
  }

  @Test
  void idleExecutorsOfOtherPoolsMakeRoom() {
    attach("c");
    for (int pool = 1; pool <= 4; pool++) {
      open(pool, PoolSpec.newBuilder());
      start(pool, 1, 0, 1);
      ready(pool);
      finish(pool, 0, 1, SECOND);
      now += MILLI;
    }
    effects.take();

    open(5, PoolSpec.newBuilder());
    start(5, 1, 0, 1);

    assertEquals(List.of("start 5 for p5", "exit 1"), effects.take());
  }

  @Test
  void executorsThatFailToStartAreTriedEverLater() {
    attach("c");
    open(1, PoolSpec.newBuilder());
    start(1, 1, 0, 1);
    effects.takeSent();
    gone(1, 0, 0);
    AttachRequest told = effects.takeSent().get(0);
    assertEquals(1, told.getFailedCount());
    assertEquals(0, told.getReturned(0).getIndexes(0));
    assertEquals(List.of("start 1 for p1"), effects.take());

    start(1, 1, 0, 1);
    assertEquals(List.of(), effects.take());
    assertTrue(agent.due() <= now + 100 * MILLI);
    now += 100 * MILLI;
    agent.settle(now);
    assertEquals(List.of("start 2 for p1"), effects.take());
  }

  @Test
  void tasksOfAPoolWaitForTheProcessesOfAnEndedOne() {
    attach("c");
    openBusy(2);
    open(2, PoolSpec.newBuilder());
    start(2, 2, 0, 2);
    ready(3, 4);
    assertEquals(List.of("start 3 for p2", "start 4 for p2", "setUp 3", "setUp 4"), effects.take());

    receive(
        AttachResponse.newBuilder()
            .addReleased(PoolReleased.newBuilder().setPool(1).setKill(true)));
    assertEquals(List.of("terminate 1", "terminate 2"), effects.take());
    gone(1, 1, 0);

    assertEquals(List.of("define 1 at 3", "run 0..0 at 3"), effects.take());
  }

  /** Executors 1 and 2 of pool 1 have ended a task each, 0 and 1, that took this long. */
  private void twoIdleExecutors(long ranNanos) {
    attach("c");
    open(1, PoolSpec.newBuilder());
    start(1, 2, 0, 2);
    ready(1, 2);
    finish(1, 0, 1, ranNanos);
    finish(2, 1, 1, ranNanos);
  }
}
