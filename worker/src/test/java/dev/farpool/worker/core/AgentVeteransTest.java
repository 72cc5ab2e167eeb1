package dev.farpool.worker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import dev.farpool.executor.frame.OutcomeKind;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.CancelMode;
import dev.farpool.v1.CodeBundle;
import dev.farpool.v1.CodePart;
import dev.farpool.v1.Command;
import dev.farpool.v1.Commands;
import dev.farpool.v1.Initializer;
import dev.farpool.v1.PoolReleased;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.StopAttempts;
import dev.farpool.v1.TaskBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Executors that ran commands for a pool that is over, and wait for the next one. */
class AgentVeteransTest extends AgentFixture {
  private static final String ANN = "ann";

  AgentVeteransTest() {
    super(new Standby(0, 2));
  }

  private void open(long number, String owner, PoolSpec.Builder spec) {
    receive(AttachResponse.newBuilder().addOpened(pool(number, spec).toBuilder().setOwner(owner)));
    agent.codeReady("p" + number);
    effects.take();
  }

  private void open(long number, String owner) {
    open(number, owner, PoolSpec.newBuilder());
  }

  private void command(long pool, long index) {
    Commands.Builder commands = Commands.newBuilder().addCommands(Command.newBuilder());
    start(pool, 2, TaskBatch.newBuilder().setFirstIndex(index).setCommands(commands));
  }

  private void ended(long executor, long index) {
    agent.outcome(executor, MILLI, index, OutcomeKind.EXIT, ByteString.EMPTY, now);
    agent.settle(now);
  }

  private void release(long pool) {
    receive(AttachResponse.newBuilder().addReleased(PoolReleased.newBuilder().setPool(pool)));
  }

  /** Executor 1 has run a command for pool 1. */
  private void runOne(String owner, PoolSpec.Builder spec) {
    attach("c");
    open(1, owner, spec);
    command(1, 0);
    ready(1);
    ended(1, 0);
    effects.take();
  }

  /** The same for a pool of Ann's, which is over. */
  private void keepOne() {
    runOne(ANN, PoolSpec.newBuilder());
    release(1);
    assertEquals(List.of("release 1", "drop p1"), effects.take());
  }

  @Test
  void anExecutorThatRanCommandsServesTheNextPoolOfItsOwner() {
    keepOne();
    open(2, ANN);

    command(2, 0);

    assertEquals(List.of("setUp 1"), effects.take());
    agent.executorReady(1, now);
    agent.settle(now);
    assertEquals(List.of("run 0..0 at 1"), effects.take());
  }

  @Test
  void itsTasksAreCountedOn() {
    keepOne();
    open(2, ANN);
    command(2, 0);
    agent.executorReady(1, now);
    agent.settle(now);
    effects.take();

    StopAttempts.Builder stop =
        StopAttempts.newBuilder().setPool(2).setCancel(CancelMode.CANCEL_MODE_INTERRUPT);
    receive(AttachResponse.newBuilder().addStop(stop.addTasks(range(0, 1))));

    assertEquals(List.of("interrupt 1 at 1"), effects.take());
  }

  @Test
  void nobodyElseGetsIt() {
    keepOne();
    open(2, "bob");

    command(2, 0);

    assertEquals(List.of("start 2 for p2"), effects.take());
  }

  @Test
  void whereTheOwnerIsNotToldItGoesWithItsPool() {
    runOne("", PoolSpec.newBuilder());

    release(1);

    assertEquals(List.of("exit 1"), effects.take());
  }

  @Test
  void anExecutorThatRanCodeGoesWithItsPool() {
    attach("c");
    open(1, ANN);
    open(1, PoolSpec.newBuilder()); // Once more, with a function.
    start(1, 2, 0, 1);
    ready(1);
    finish(1, 0, 1, MILLI);
    effects.take();

    release(1);

    assertEquals(List.of("exit 1"), effects.take());
  }

  @Test
  void anExecutorWhoseCommandIsCutShortGoesWithItsPool() {
    attach("c");
    open(1, ANN);
    command(1, 0);
    ready(1);
    effects.take();

    receive(
        AttachResponse.newBuilder()
            .addReleased(PoolReleased.newBuilder().setPool(1).setKill(true)));

    assertEquals(List.of("terminate 1"), effects.take());
  }

  @Test
  void poolsThatShapeTheirExecutorsGetNewOnes() {
    CodePart part = CodePart.newBuilder().setName("a.jar").build();
    List<PoolSpec.Builder> specs =
        List.of(
            PoolSpec.newBuilder().setCode(CodeBundle.newBuilder().addParts(part)),
            PoolSpec.newBuilder().setMaxTasksPerChild(5),
            PoolSpec.newBuilder().setMaxChildAge(Duration.newBuilder().setSeconds(1)),
            PoolSpec.newBuilder().setMaxChildMemory(1),
            PoolSpec.newBuilder().addJvmOptions("-Xmx1g"),
            PoolSpec.newBuilder().putEnvironment("A", "b"),
            PoolSpec.newBuilder().setWorkingDirectory("/"));
    keepOne();
    for (int i = 0; i < specs.size(); i++) {
      open(2 + i, ANN, specs.get(i));

      command(2 + i, 0);

      assertTrue(effects.take().contains("start " + (2 + i) + " for p" + (2 + i)), "spec " + i);
      gone(2 + i, 0, 0);
    }
  }

  @Test
  void aPoolWithAnInitializerGoesWithItsExecutors() {
    runOne(ANN, PoolSpec.newBuilder().setInitializer(Initializer.newBuilder()));

    release(1);

    assertEquals(List.of("exit 1"), effects.take());
  }

  @Test
  void itGoesWhenNobodyHasNeededItForAMinute() {
    keepOne();

    pass(59 * SECOND);
    assertFalse(effects.take().contains("kill 1"));
    assertTrue(agent.due() <= now + SECOND);
    pass(SECOND);

    assertTrue(effects.take().contains("kill 1"));
  }

  @Test
  void noMoreAreKeptThanAreWanted() {
    attach("c");
    open(1, ANN);
    for (int i = 0; i < 2; i++) {
      command(1, i);
    }
    ready(1, 2);
    ended(1, 0);
    ended(2, 1);
    open(2, ANN);
    command(2, 0);
    ready(3);
    ended(3, 0);
    effects.take();

    release(1);
    release(2);

    List<String> done = effects.take();
    assertTrue(done.containsAll(List.of("release 1", "release 2", "exit 3")), done.toString());
  }

  @Test
  void aCrowdedWorkerLetsItGoBeforeAnyExecutorOfAPool() {
    keepOne();
    open(2, "bob");
    for (int i = 0; i < 2; i++) {
      command(2, i);
    }
    ready(2, 3);
    ended(2, 0);
    ended(3, 1);
    open(3, "bob");
    effects.take();

    for (int i = 0; i < 2; i++) {
      command(3, i);
    }

    List<String> done = effects.take();
    assertTrue(done.contains("kill 1"), done.toString());
    assertFalse(done.contains("exit 2"), done.toString());
  }

  @Test
  void oneThatHasDiedIsNotGivenAway() {
    keepOne();
    gone(1, 1, 1);
    open(2, ANN);

    command(2, 0);

    assertEquals(List.of("start 2 for p2"), effects.take());
  }

  @Test
  void itIsToldThatTheWorkerLives() {
    keepOne();
    effects.ticks.clear();

    pass(2 * SECOND);

    assertEquals(1, effects.ticks.size());
    assertEquals(1, agent.numbers().veterans());
  }
}
