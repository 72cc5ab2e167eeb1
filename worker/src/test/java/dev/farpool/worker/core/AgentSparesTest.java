package dev.farpool.worker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.v1.PoolSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Executors that are started before anybody needs them. */
class AgentSparesTest extends AgentFixture {
  AgentSparesTest() {
    super(new Standby(2, 0));
  }

  private void calm() {
    pass(SECOND);
  }

  /** Two spares, 1 and 2, that have connected. */
  private void attachWithSpares() {
    attach("c");
    for (long id = 1; id <= 2; id++) {
      pass(SECOND);
      agent.executorConnected(id, 100 + id);
      agent.settle(now);
    }
    effects.take();
    effects.ticks.clear();
  }

  @Test
  void sparesAreStartedOneAtATimeWhenTheWorkerIsCalm() {
    attach("c");
    assertEquals(List.of(), effects.take());
    assertTrue(agent.due() <= now + SECOND);
    pass(SECOND);
    assertEquals(List.of("start spare 1"), effects.take());
    calm();
    assertEquals(List.of(), effects.take());

    agent.executorConnected(1, 101);
    agent.settle(now);
    pass(SECOND);
    assertEquals(List.of("prepare spare 1", "start spare 2"), effects.take());
    agent.executorConnected(2, 102);
    agent.settle(now);
    calm();
    assertEquals(List.of("prepare spare 2"), effects.take());
  }

  @Test
  void noSpareIsStartedWithoutACoordinator() {
    agent.settle(now);
    pass(SECOND);
    pass(SECOND);

    assertEquals(List.of(), effects.take());
  }

  @Test
  void noSpareIsStartedByAWorkerThatIsDrained() {
    attach("c");
    openBusy(1);
    agent.drain("enough");
    pass(SECOND);

    assertFalse(effects.take().contains("start spare 2"));
  }

  @Test
  void aNewPoolTakesASpareAndTheSpareItsCode() {
    attachWithSpares();
    open(1, PoolSpec.newBuilder());

    start(1, 2, 0, 1);

    assertEquals(List.of("setUp 1 as one of p1"), effects.take());
    agent.executorReady(1, now);
    agent.settle(now);
    assertEquals(List.of("define 1 at 1", "run 0..0 at 1"), effects.take());
  }

  @Test
  void aSpareThatIsStillStartingIsSetUpWhenItHasConnected() {
    attach("c");
    pass(SECOND);
    open(1, PoolSpec.newBuilder());

    start(1, 2, 0, 1);

    assertEquals(List.of(), effects.take());
    ready(1);
    assertEquals(List.of("setUp 1 as one of p1", "define 1 at 1", "run 0..0 at 1"), effects.take());
  }

  @Test
  void poolsWithOptionsOrSurroundingsOfTheirOwnGetExecutorsOfTheirOwn() {
    attachWithSpares();
    List<PoolSpec.Builder> specs =
        List.of(
            PoolSpec.newBuilder().addJvmOptions("-Xmx1g"),
            PoolSpec.newBuilder().putEnvironment("A", "b"),
            PoolSpec.newBuilder().setWorkingDirectory("/"));
    for (int i = 0; i < specs.size(); i++) {
      open(1 + i, specs.get(i));

      start(1 + i, 1, 0, 1);

      assertTrue(effects.take().contains("start " + (3 + i) + " for p" + (1 + i)));
    }
  }

  @Test
  void aSpareIsReplacedOnlyWhenACoreIsFreeAgain() {
    attachWithSpares();
    openBusyWithSpares();
    pass(SECOND);
    pass(SECOND);
    assertEquals(List.of(), effects.take());

    finish(1, 0, 1, 10_000);
    pass(SECOND);

    assertEquals(List.of("start spare 3"), effects.take());
  }

  private void openBusyWithSpares() {
    open(1, PoolSpec.newBuilder());
    start(1, 2, 0, 2);
    agent.executorReady(1, now);
    agent.executorReady(2, now);
    agent.settle(now);
    effects.take();
  }

  @Test
  void sparesThatDieAreReplacedEverMoreSlowly() {
    attachWithSpares();

    gone(1, 0, 0);
    pass(SECOND / 2);
    assertEquals(List.of(), effects.take());
    pass(SECOND / 2);
    assertEquals(List.of("start spare 3"), effects.take());

    gone(3, 0, 0);
    pass(SECOND);
    assertEquals(List.of(), effects.take());
    pass(SECOND);
    assertEquals(List.of("start spare 4"), effects.take());
  }

  @Test
  void sparesAreToldThatTheWorkerLives() {
    attachWithSpares();

    assertTrue(agent.due() <= now + 2 * SECOND);
    pass(2 * SECOND);

    assertEquals(1, effects.ticks.size());
  }

  @Test
  void aSpareThatDiedAfterItWasTakenIsAFailedStartOfItsPool() {
    attachWithSpares();
    open(1, PoolSpec.newBuilder());
    start(1, 2, 0, 1);
    effects.take();
    effects.takeSent();

    gone(1, 0, 0);

    assertEquals(1, effects.takeSent().get(0).getFailedCount());
  }
}
