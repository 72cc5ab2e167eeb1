package dev.farpool.worker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.CancelMode;
import dev.farpool.v1.Failure.Kind;
import dev.farpool.v1.PoolReleased;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.StopAttempts;
import dev.farpool.v1.TaskOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tasks, executors and pools that end, and what is told of them. */
class AgentEndingTest extends AgentFixture {
  @Test
  void onlyTheTaskThatRanInADeadExecutorIsBlamed() {
    attach("c");
    openBusy(1);
    finish(1, 0, 1, 10_000);
    start(1, 1, 1, 4);
    effects.take();
    effects.takeSent();

    gone(1, 3, 2);

    AttachRequest told = effects.takeSent().get(0);
    assertEquals(1, told.getFinishedCount());
    assertEquals(2, told.getFinished(0).getResults(0).getIndex());
    assertEquals(Kind.KIND_PROCESS_DIED, told.getFinished(0).getResults(0).getFailure().getKind());
    assertEquals(List.of("start 2 for p1"), effects.take());
    ready(2);
    assertTrue(effects.take().contains("run 1..1 at 2"));
  }

  @Test
  void aTaskThatMustNotRunTwiceIsNotRunAgainWhenItsResultIsLost() {
    attach("c");
    open(1, PoolSpec.newBuilder());
    start(1, 1, 0, 1, TaskOptions.newBuilder().setAtMostOnce(true));
    ready(1);
    effects.takeSent();

    gone(1, 1, 1);

    AttachRequest told = effects.takeSent().get(0);
    assertEquals(Kind.KIND_PROCESS_DIED, told.getFinished(0).getResults(0).getFailure().getKind());
  }

  @Test
  void cancelGoesFromInterruptToTermToKill() {
    attach("c");
    open(1, PoolSpec.newBuilder().setStopGrace(Duration.newBuilder().setSeconds(1)));
    start(1, 1, 0, 1);
    ready(1);
    effects.take();
    StopAttempts stop =
        StopAttempts.newBuilder()
            .setPool(1)
            .addTasks(range(0, 1))
            .setCancel(CancelMode.CANCEL_MODE_INTERRUPT)
            .build();

    receive(AttachResponse.newBuilder().addStop(stop));
    assertEquals(List.of("interrupt 0 at 1"), effects.take());
    now += SECOND;
    agent.settle(now);
    assertEquals(List.of("terminate 1"), effects.take());
    now += SECOND;
    agent.settle(now);
    assertEquals(List.of("kill 1"), effects.take());
    effects.takeSent();
    gone(1, 1, 0);
    AttachRequest told = effects.takeSent().get(0);
    assertEquals(Kind.KIND_CANCELLED, told.getFinished(0).getResults(0).getFailure().getKind());
  }

  @Test
  void aTaskThatDiesOfTheTimeoutOfTheOneBeforeIsRunAgain() {
    attach("c");
    open(1, PoolSpec.newBuilder().setStopGrace(Duration.newBuilder().setSeconds(1)));
    start(1, 1, 0, 1);
    ready(1);
    finish(1, 0, 1, 10_000);
    Duration second = Duration.newBuilder().setSeconds(1).build();
    start(1, 1, 1, 1, TaskOptions.newBuilder().setTimeout(second));
    start(1, 1, 2, 1);
    now += SECOND;
    agent.settle(now);
    finish(1, 1, 1, 10_000);
    now += SECOND;
    agent.settle(now);
    assertTrue(effects.take().containsAll(List.of("terminate 1", "kill 1")));
    effects.takeSent();

    gone(1, 3, 2);

    effects.takeSent().forEach(told -> assertEquals(0, told.getFinishedCount()));
    assertEquals(List.of("start 2 for p1"), effects.take());
    ready(2);
    assertTrue(effects.take().contains("run 2..2 at 2"));
  }

  @Test
  void aTaskThatWasCancelledTogetherWithTheOneBeforeIsNotRunAgainWhenItDiesOfThat() {
    attach("c");
    openBusy(1);
    finish(1, 0, 1, 10_000);
    start(1, 1, 1, 2);
    effects.take();
    StopAttempts.Builder stop =
        StopAttempts.newBuilder().setPool(1).setCancel(CancelMode.CANCEL_MODE_KILL);
    receive(AttachResponse.newBuilder().addStop(stop.addTasks(range(1, 2))));
    assertEquals(List.of("recall below 3 at 1", "terminate 1"), effects.take());
    finish(1, 1, 1, 10_000); // It had ended just before, and the next one had begun.
    effects.takeSent();

    gone(1, 3, 2);

    AttachRequest told = effects.takeSent().get(0);
    assertEquals(2, told.getFinished(0).getResults(0).getIndex());
    assertEquals(Kind.KIND_CANCELLED, told.getFinished(0).getResults(0).getFailure().getKind());
    assertEquals(List.of(), effects.take());
  }

  @Test
  void aReleasedPoolIsForgottenWhenItsExecutorsAreGone() {
    attach("c");
    openBusy(1);
    finish(1, 0, 1, SECOND);
    effects.take();

    receive(AttachResponse.newBuilder().addReleased(PoolReleased.newBuilder().setPool(1)));
    assertEquals(List.of("exit 1"), effects.take());
    gone(1, 1, 1);
    assertEquals(List.of("drop p1"), effects.take());
  }

  @Test
  void codeThatComesAfterItsPoolIsDeletedAgain() {
    attach("c");
    receive(AttachResponse.newBuilder().addOpened(pool(1, PoolSpec.newBuilder())));
    receive(AttachResponse.newBuilder().addReleased(PoolReleased.newBuilder().setPool(1)));
    assertEquals(List.of("fetchCode p1", "drop p1"), effects.take());

    agent.codeReady("p1");
    assertEquals(List.of("drop p1"), effects.take());
  }
}
