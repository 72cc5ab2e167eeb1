package dev.farpool.worker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.Register;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A worker whose coordinator was restarted: it keeps what it holds until that is wanted, or not.
 */
class AgentAdoptionTest extends AgentFixture {
  @Test
  void whatIsHereIsHeldWhateverItsState() {
    attach("c");
    openBusy(2);
    start(1, 2, 2, 3);
    finish(1, 0, 1, SECOND);

    agent.closed();
    Register register = connect().getRegister();

    assertEquals(List.of(0L, 1L, 2L, 3L, 4L), held(register, "p1"));
    assertTrue(register.getIntact());
    assertEquals("c", register.getLastCoordinatorId());
  }

  @Test
  void tasksRunOnAndNewOnesStartUntilTheNextCoordinatorKnowsTheirPool() {
    attach("c");
    openBusy(1);
    start(1, 1, 1, 1);
    agent.closed();
    attach("d");
    effects.take();
    effects.takeSent();

    finish(1, 0, 1, SECOND);
    assertEquals(List.of("run 1..1 at 1"), effects.take());
    finish(1, 1, 1, SECOND);
    assertEquals(List.of(), effects.takeSent());

    receive(
        AttachResponse.newBuilder()
            .addOpened(pool(9, PoolSpec.newBuilder()).toBuilder().setPoolId("p1")));
    AttachRequest told = effects.takeSent().get(0);
    assertEquals(2, told.getFinishedCount());
    assertEquals(9, told.getFinished(0).getPool());
    assertEquals(9, told.getFinished(1).getPool());
  }

  @Test
  void aForgottenPoolIsEnded() {
    attach("c");
    openBusy(1);
    agent.closed();
    attach("d");
    effects.take();

    receive(AttachResponse.newBuilder().addForgotten("p1"));

    assertEquals(List.of("terminate 1"), effects.take());
    gone(1, 1, 0);
    assertEquals(List.of("drop p1"), effects.take());
    assertEquals(List.of(), effects.takeSent().get(0).getFinishedList());
  }

  @Test
  void aPoolIsKeptAsLongAsItHoldsSomething() {
    attach("c");
    openBusy(1);
    agent.closed();
    attach("d");
    effects.take();

    for (int i = 0; i < 30; i++) {
      pass(5 * SECOND);
      acknowledgeAll();
    }
    assertEquals(List.of(), effects.take());
    agent.closed();
    assertEquals(List.of(0L), held(connect().getRegister(), "p1"));
  }

  @Test
  void aPoolOfWhichNothingIsHeldGoesAfterTheLease() {
    attach("c");
    openBusy(1);
    finish(1, 0, 1, SECOND);
    acknowledgeAll();
    agent.closed();
    Register register = attach("d");
    effects.take();

    assertEquals(0, register.getHeldCount());
    for (int i = 0; i < 6; i++) {
      pass(2 * SECOND);
      acknowledgeAll();
    }
    assertEquals(List.of("exit 1"), effects.take());
  }

  @Test
  void startsAreToldToTheNextCoordinatorToo() {
    attach("c");
    open(1, PoolSpec.newBuilder().setReportStarts(true));
    start(1, 1, 0, 1);
    ready(1);
    assertEquals(1, effects.takeSent().stream().mapToInt(AttachRequest::getStartedCount).sum());
    agent.closed();

    attach("d", pool(1, PoolSpec.newBuilder()));

    assertEquals(0, effects.takeSent().get(0).getStarted(0).getStarts(0).getIndex());
  }

  @Test
  void aNewPoolGetsTheCoresThatHeldTasksLeave() {
    attach("c");
    openBusy(2);
    agent.closed();
    attach("d");
    open(5, PoolSpec.newBuilder());
    start(5, 2, 0, 2);
    ready(3, 4);
    effects.take();

    finish(1, 0, 1, SECOND);

    assertEquals(List.of("define 1 at 3", "run 0..0 at 3"), effects.take());
  }

  @Test
  void whatADrainingWorkerHoldsOfAnUnknownPoolKeepsIt() {
    attach("c");
    openBusy(1);
    agent.closed();
    attach("d");
    agent.drain("test");
    finish(1, 0, 1, SECOND);
    acknowledgeAll();
    effects.take();

    agent.settle(now);
    assertEquals(List.of(), effects.take());
    receive(AttachResponse.newBuilder().addForgotten("p1"));
    assertEquals(List.of("exit 1", "leave"), effects.take());
  }

  private void acknowledgeAll() {
    for (AttachRequest sent : effects.takeSent()) {
      receive(AttachResponse.newBuilder().setAcknowledged(sent.getSequence()));
    }
  }
}
