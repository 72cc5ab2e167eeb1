package dev.farpool.worker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.v1.AttachResponse;
import org.junit.jupiter.api.Test;

/** What the agent says it is doing and has done. */
class AgentNumbersTest extends AgentFixture {
  @Test
  void attemptsAreCountedWithTheTimeTheyRan() {
    attach("c");
    openBusy(2);

    finish(1, 0, 1, 3 * SECOND);
    finish(2, 1, 1, 4 * SECOND);

    assertEquals(2, agent.numbers().attempts());
    assertEquals(7 * SECOND, agent.numbers().ranNanos());
  }

  @Test
  void aCoreIsFreeAgainWhenItsTaskHasEnded() {
    attach("c");
    openBusy(2);
    assertEquals(0, agent.numbers().freeCores());

    finish(1, 0, 1, SECOND);

    assertEquals(2, agent.numbers().cores());
    assertEquals(1, agent.numbers().freeCores());
    assertEquals(2, agent.numbers().executors());
  }

  @Test
  void anExecutorThatEndsByItselfHasDied() {
    attach("c");
    openBusy(1);

    gone(1, 1, 0);

    assertEquals(1, agent.numbers().executorsDied());
    assertEquals(1, agent.numbers().attempts());
  }

  @Test
  void reportsAreKeptUntilTheyAreAcknowledged() {
    attach("c");
    openBusy(1);
    finish(1, 0, 1, SECOND);
    long sequence = effects.takeSent().get(0).getSequence();
    assertEquals(1, agent.numbers().unacknowledged());

    receive(AttachResponse.newBuilder().setAcknowledged(sequence));

    assertEquals(0, agent.numbers().unacknowledged());
  }

  @Test
  void itIsConnectedFromItsRegistrationToTheEndOfTheStream() {
    assertFalse(agent.numbers().connected());

    attach("c");
    assertTrue(agent.numbers().connected());

    agent.closed();
    assertFalse(agent.numbers().connected());
  }
}
