package dev.farpool.worker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.PoolOpened;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.Register;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The stream and the lease: reconnects, silence, pauses. */
class AgentLinkTest extends AgentFixture {
  @Test
  void whatWasNotAcknowledgedIsSentAgainToTheSameCoordinatorAndToTheNext() {
    PoolOpened opened = pool(1, PoolSpec.newBuilder());
    attach("c");
    openBusy(1);
    finish(1, 0, 1, SECOND);
    agent.closed();
    attachAndExpect("c", opened);
    agent.closed();
    attachAndExpect("d", pool(9, PoolSpec.newBuilder()).toBuilder().setPoolId("p1").build());
  }

  private void attachAndExpect(String coordinatorId, PoolOpened opened) {
    assertEquals(List.of(0L), held(attach(coordinatorId, opened), "p1"));
    AttachRequest told = effects.takeSent().get(0);
    assertEquals(opened.getPool(), told.getFinished(0).getPool());
    assertEquals(0, told.getFinished(0).getBlock().getIndexes(0));
  }

  @Test
  void whenTheLeaseHasRunOutAllIsKilledAndNothingTold() {
    attach("c");
    openBusy(1);
    agent.closed();

    now += 10 * SECOND;
    agent.begin(now);
    agent.settle(now);

    assertEquals(List.of("kill 1"), effects.take());
    gone(1, 1, 0);
    effects.takeSent();
    agent.opened(now);
    assertEquals(0, effects.takeSent().get(0).getRegister().getHeldCount());
  }

  @Test
  void afterTheLeaseTheRegistrationIsNotIntact() {
    attach("c");
    openBusy(1);
    agent.closed();
    pass(10 * SECOND);

    assertFalse(connect().getRegister().getIntact());
    receive(AttachResponse.newBuilder().setRegistered(registered("c")));
    agent.closed();
    assertTrue(connect().getRegister().getIntact());
  }

  @Test
  void theStreamGoesWithTheLeaseAndWhatComesOnItIsNotDone() {
    attach("c");
    openBusy(1);

    now += 11 * SECOND;
    agent.begin(now);
    start(1, 1, 1, 1);

    assertEquals(List.of("abandon", "kill 1"), effects.take());
    gone(1, 1, 0);
    assertEquals(List.of(), effects.take());
    assertEquals(0, connect().getRegister().getHeldCount());
  }

  @Test
  void whatEndedBeforeTheLeaseIsStillTold() {
    attach("c");
    openBusy(2);
    agent.closed();
    finish(1, 0, 1, SECOND);
    pass(10 * SECOND);

    Register register = attach("c", pool(1, PoolSpec.newBuilder()));

    assertEquals(List.of(0L), held(register, "p1"));
    assertEquals(0, effects.takeSent().get(0).getFinished(0).getBlock().getIndexes(0));
  }

  @Test
  void theLeaseCountsFromTheSendingOfWhatWasAcknowledged() {
    attach("c");
    openBusy(1);
    pass(2 * SECOND);
    long sequence = effects.takeSent().get(0).getSequence();
    pass(3 * SECOND);
    receive(AttachResponse.newBuilder().setAcknowledged(sequence));

    pass(7 * SECOND - MILLI);
    assertEquals(List.of(), effects.take());
    pass(MILLI);
    assertEquals(List.of("abandon", "kill 1"), effects.take());
  }

  @Test
  void aPauseLongerThanTheLeaseEndsItWhateverCameMeanwhile() {
    attach("c");
    openBusy(1);
    pass(2 * SECOND);
    long sequence = effects.takeSent().get(0).getSequence();

    now += 11 * SECOND;
    agent.begin(now);
    receive(AttachResponse.newBuilder().setAcknowledged(sequence));

    assertEquals(List.of("abandon", "kill 1"), effects.take());
  }

  @Test
  void aCoordinatorThatDoesNotAnswerIsGivenUp() {
    connect();
    agent.settle(now);
    assertTrue(agent.due() <= now + 10 * SECOND);

    pass(10 * SECOND);

    assertEquals(List.of("abandon"), effects.take());
    agent.closed();
    pass(SECOND);
    assertEquals(List.of(), effects.take());
  }

  @Test
  void nothingIsDoneBeforeTheRegistrationIsAccepted() {
    connect();

    receive(AttachResponse.newBuilder().addOpened(pool(1, PoolSpec.newBuilder())));

    assertEquals(List.of(), effects.take());
  }

  @Test
  void executorsMayRunNoLongerThanTheWorker() {
    attach("c");
    openBusy(1);
    effects.ticks.clear();

    pass(2 * SECOND);
    pass(2 * SECOND);
    assertEquals(List.of(8 * SECOND - MILLI, 6 * SECOND - MILLI), effects.ticks);
    agent.closed();
    pass(6 * SECOND);

    assertEquals(List.of("kill 1"), effects.take());
    pass(2 * SECOND);
    assertEquals(2, effects.ticks.size());
  }

  @Test
  void aPauseShorterThanTheLeaseHarmsNothing() {
    attach("c");
    openBusy(1);

    pass(8 * SECOND);

    assertEquals(List.of(), effects.take());
    finish(1, 0, 1, SECOND);
    assertEquals(1, effects.takeSent().get(1).getFinishedCount());
  }
}
