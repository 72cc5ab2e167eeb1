package dev.farpool.worker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.CancelMode;
import dev.farpool.v1.Failure.Kind;
import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.FunctionsDefined;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.JavaCalls;
import dev.farpool.v1.PoolOpened;
import dev.farpool.v1.PoolReleased;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.Registered;
import dev.farpool.v1.StartAttempts;
import dev.farpool.v1.StopAttempts;
import dev.farpool.v1.TaskBatch;
import dev.farpool.v1.TaskOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the agent wants done, call by call, without a process, a stream or a clock. */
class AgentTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1000 * MILLI;

  private final RecordedEffects effects = new RecordedEffects();
  private final Agent agent = new Agent(new Identity("w", "i", "h", 1, 2, Map.of(), "v"), effects);
  private long now = SECOND;

  private void attach(String coordinatorId, PoolOpened... opened) {
    agent.opened(now);
    Registered registered =
        Registered.newBuilder()
            .setCoordinatorId(coordinatorId)
            .setHeartbeatInterval(Duration.newBuilder().setSeconds(2))
            .setLease(Duration.newBuilder().setSeconds(10))
            .setMaxInlineBytes(1000)
            .build();
    long sequence = effects.sent.get(effects.sent.size() - 1).getSequence();
    now += MILLI;
    receive(
        AttachResponse.newBuilder()
            .setRegistered(registered)
            .setAcknowledged(sequence)
            .addAllOpened(List.of(opened)));
    effects.takeSent();
    effects.take();
  }

  private void receive(AttachResponse.Builder message) {
    agent.received(message.build(), now);
    agent.settle(now);
  }

  private static PoolOpened pool(long number, PoolSpec.Builder spec) {
    return PoolOpened.newBuilder().setPool(number).setPoolId("p" + number).setSpec(spec).build();
  }

  private void open(long number, PoolSpec.Builder spec) {
    FunctionDefinition function =
        FunctionDefinition.newBuilder().setNumber(1).setInline(ByteString.EMPTY).build();
    receive(
        AttachResponse.newBuilder()
            .addOpened(pool(number, spec))
            .addFunctions(FunctionsDefined.newBuilder().setPool(number).addFunctions(function)));
    agent.codeReady("p" + number);
    effects.take();
  }

  private void start(long pool, int slots, long first, int count, TaskOptions.Builder options) {
    JavaCalls.Builder calls = JavaCalls.newBuilder().setFunction(1);
    for (int i = 0; i < count; i++) {
      calls.addSizes(0);
    }
    receive(
        AttachResponse.newBuilder()
            .addStart(
                StartAttempts.newBuilder()
                    .setPool(pool)
                    .setSlots(slots)
                    .setAttempt(1)
                    .setBatch(
                        TaskBatch.newBuilder()
                            .setFirstIndex(first)
                            .setOptions(options)
                            .setJava(calls))));
  }

  private void start(long pool, int slots, long first, int count) {
    start(pool, slots, first, count, TaskOptions.newBuilder());
  }

  private void ready(long... executors) {
    for (long executor : executors) {
      agent.executorConnected(executor, 100 + executor);
      agent.executorReady(executor, now);
    }
    agent.settle(now);
  }

  private void finish(long executor, long first, int count, long nanos) {
    agent.results(executor, nanos, first, new int[count], ByteString.EMPTY, now);
    agent.settle(now);
  }

  private void gone(long executor, long claimed, long ended) {
    agent.executorGone(
        executor, new ExecutorExit(100 + executor, 137, false, 0, claimed, ended, ""), now);
    agent.settle(now);
  }

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
    open(1, PoolSpec.newBuilder());
    start(1, 1, 0, 1);
    ready(1);
    effects.takeSent();
    finish(1, 0, 1, 10_000);

    AttachRequest message = effects.takeSent().get(0);
    int prefetch = message.getCredits(0).getPrefetchPerSlot();
    assertTrue(prefetch >= 50 && prefetch <= 1000, "prefetch " + prefetch);
    effects.take();
    start(1, 1, 1, prefetch);
    assertEquals(List.of("run 1.." + prefetch + " at 1"), effects.take());
  }

  @Test
  void longTasksAreNotPrefetched() {
    PrefetchGauge gauge = new PrefetchGauge();
    gauge.ran(20 * MILLI, 1);

    assertEquals(0, gauge.prefetch(MILLI));
    gauge.ran(MILLI, 100);
    gauge.ran(MILLI, 100);
    gauge.ran(MILLI, 100);
    assertTrue(gauge.prefetch(MILLI) > 0);
    gauge.running(20 * MILLI);
    assertEquals(0, gauge.prefetch(MILLI));
  }

  @Test
  void tasksStuckBehindALongOneAreRecalledAndMoved() {
    attach("c");
    open(1, PoolSpec.newBuilder());
    start(1, 2, 0, 2);
    ready(1, 2);
    finish(1, 0, 1, 10_000);
    finish(2, 1, 1, 10_000);
    effects.take();
    start(1, 2, 2, 8);
    assertEquals(List.of("run 2..5 at 1", "run 6..9 at 2"), effects.take());
    finish(2, 6, 4, 40_000);

    now += 21 * MILLI;
    agent.settle(now);

    assertEquals(List.of("recall below 5 at 1"), effects.take());
    agent.recalled(1, 2);
    agent.settle(now);
    assertEquals(List.of("run 3..3 at 2"), effects.take().subList(0, 1));
  }

  @Test
  void onlyTheTaskThatRanInADeadExecutorIsBlamed() {
    attach("c");
    open(1, PoolSpec.newBuilder());
    start(1, 1, 0, 1);
    ready(1);
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
  void cancelGoesFromInterruptToTermToKill() {
    attach("c");
    open(1, PoolSpec.newBuilder().setStopGrace(Duration.newBuilder().setSeconds(1)));
    start(1, 1, 0, 1);
    ready(1);
    effects.take();
    StopAttempts stop =
        StopAttempts.newBuilder()
            .setPool(1)
            .addTasks(IndexRange.newBuilder().setFirst(0).setCount(1))
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
  void whatWasNotAcknowledgedIsSentAgainToTheSameCoordinatorAndToTheNext() {
    PoolOpened opened = pool(1, PoolSpec.newBuilder());
    attach("c");
    open(1, PoolSpec.newBuilder());
    start(1, 1, 0, 1);
    ready(1);
    finish(1, 0, 1, SECOND);
    agent.closed();
    attachAndExpect("c", opened);
    agent.closed();
    attachAndExpect("d", pool(9, PoolSpec.newBuilder()).toBuilder().setPoolId("p1").build());
  }

  private void attachAndExpect(String coordinatorId, PoolOpened opened) {
    effects.takeSent();
    agent.opened(now);
    assertEquals(0, effects.takeSent().get(0).getRegister().getHeld(0).getIndexes(0));
    Registered registered =
        Registered.newBuilder()
            .setCoordinatorId(coordinatorId)
            .setLease(Duration.newBuilder().setSeconds(10))
            .setHeartbeatInterval(Duration.newBuilder().setSeconds(2))
            .build();
    receive(AttachResponse.newBuilder().setRegistered(registered).addOpened(opened));
    AttachRequest told = effects.takeSent().get(0);
    assertEquals(opened.getPool(), told.getFinished(0).getPool());
    assertEquals(0, told.getFinished(0).getBlock().getIndexes(0));
  }

  @Test
  void whenTheLeaseHasRunOutAllIsKilledAndNothingTold() {
    attach("c");
    open(1, PoolSpec.newBuilder());
    start(1, 1, 0, 1);
    ready(1);
    effects.take();
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
  void nothingIsSentWhileTheStreamTakesNothing() {
    attach("c");
    open(1, PoolSpec.newBuilder());
    start(1, 2, 0, 2);
    ready(1, 2);
    effects.takeSent();
    effects.writable = false;

    finish(1, 0, 1, SECOND);
    finish(2, 1, 1, SECOND);

    assertEquals(1, effects.takeSent().size());
    effects.writable = true;
    agent.writable();
    agent.settle(now);
    assertEquals(1, effects.takeSent().size());
  }

  @Test
  void executorsThatPrintTooFastAreNotHeardUntilTheOutputIsGone() {
    attach("c");
    open(1, PoolSpec.newBuilder());
    start(1, 1, 0, 1);
    ready(1);
    effects.writable = false;
    agent.output(1, 0, 1, false, ByteString.copyFromUtf8("x"));
    agent.settle(now);
    effects.take();

    agent.output(1, 0, 1, false, ByteString.copyFrom(new byte[2 << 20]));
    assertEquals(List.of("ignore 1"), effects.take());
    effects.writable = true;
    agent.writable();
    agent.settle(now);

    assertEquals(List.of("listen to 1"), effects.take());
  }

  @Test
  void aReleasedPoolIsForgottenWhenItsExecutorsAreGone() {
    attach("c");
    open(1, PoolSpec.newBuilder());
    start(1, 1, 0, 1);
    ready(1);
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

  @Test
  void largeResultsAreStoredBeforeTheyAreTold() {
    attach("c");
    open(1, PoolSpec.newBuilder());
    start(1, 1, 0, 1);
    ready(1);
    effects.take();
    effects.takeSent();

    agent.results(1, SECOND, 0, new int[] {2000}, ByteString.copyFrom(new byte[2000]), now);
    agent.settle(now);

    assertEquals(List.of("upload 1 of 2000"), effects.take());
    assertEquals(List.of(), effects.takeSent());
    agent.uploaded(1, dev.farpool.v1.BlobRef.newBuilder().setSize(2000).build());
    agent.settle(now);
    assertEquals(2000, effects.takeSent().get(0).getFinished(0).getResults(0).getBlob().getSize());
  }
}
