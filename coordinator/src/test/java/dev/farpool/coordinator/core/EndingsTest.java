package dev.farpool.coordinator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.CancelMode;
import dev.farpool.v1.ExecutorFailed;
import dev.farpool.v1.Failure;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.PoolEnded;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.TaskOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tasks and pools that are ended before they have ended by themselves. */
class EndingsTest {
  private final Fixture cluster = new Fixture();

  private List<IndexRange> cancel(long first, long count, CancelMode mode) {
    List<IndexRange> cancelled =
        cluster.scheduler.cancel(
            cluster.now,
            "p",
            List.of(IndexRange.newBuilder().setFirst(first).setCount(count).build()),
            mode);
    cluster.flush();
    return cancelled;
  }

  private static List<IndexRange> range(long first, long count) {
    return List.of(IndexRange.newBuilder().setFirst(first).setCount(count).build());
  }

  private Failure.Kind kind(long call, long index) {
    return cluster.outcomes(call).get(index).getFailure().getKind();
  }

  @Test
  void waitingTasksAreCancelledAndNeverStart() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    long call = cluster.follow("p");
    cluster.submit("p", 0, 4);

    assertEquals(range(1, 2), cancel(0, 3, CancelMode.CANCEL_MODE_QUEUED_ONLY));
    cluster.report(worker, worker.finishAll());

    assertEquals(List.of(0L, 3L), worker.startOrder);
    assertEquals(Failure.Kind.KIND_CANCELLED, kind(call, 1));
  }

  @Test
  void aRunningTaskThatIsCancelledHasItsOutcomeAtOnceAndItsSlotWhenItsProcessIsGone() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    long call = cluster.follow("p");
    cluster.submit("p", 0, 2);

    assertEquals(range(0, 1), cancel(0, 1, CancelMode.CANCEL_MODE_INTERRUPT));

    assertEquals(Failure.Kind.KIND_CANCELLED, kind(call, 0));
    assertEquals(List.of(0L), worker.stopped());
    assertEquals(List.of(0L), worker.startOrder);
    cluster.report(worker, worker.finishAll());
    assertEquals(List.of(0L, 1L), worker.startOrder);
    assertEquals(1, cluster.outcomes(call).size());
  }

  @Test
  void terminateGivesEveryTaskItsOutcomeAtOnceAndFreesSlotsAsProcessesGo() {
    FakeWorker worker = cluster.register("w1", 2);
    cluster.pool("p", 2);
    cluster.pool("next", 2);
    long call = cluster.follow("p");
    cluster.submit("p", 0, 10_000);
    cluster.submit("next", 0, 2);

    cluster.scheduler.terminatePool(cluster.now, "p");
    cluster.flush();

    assertEquals(10_000, cluster.outcomes(call).size());
    assertEquals(Failure.Kind.KIND_POOL_TERMINATED, kind(call, 9_999));
    assertEquals(PoolEnded.How.HOW_TERMINATED, cluster.ended(call));
    assertEquals(List.of(0L, 1L), worker.stopped());
    assertTrue(worker.held(2).isEmpty());
    cluster.report(worker, worker.finish(1, List.of(0L, 1L)));
    assertEquals(2, worker.held(2).size());
    assertTrue(worker.released.get(0).getKill());
  }

  @Test
  void slotsOfATerminatedPoolAreFreeInTheEndThoughItsTasksAreNeverReported() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    cluster.submit("p", 0, 1);
    cluster.scheduler.terminatePool(cluster.now, "p");
    cluster.flush();

    for (int i = 0; i < 11; i++) {
      cluster.report(worker, worker.message().build());
      cluster.advance(Duration.ofSeconds(2));
    }

    assertEquals(0, cluster.scheduler.status(cluster.now, 0).workers().get(0).getBusy());
  }

  @Test
  void closeAndTerminateAreIdempotentInAnyOrder() {
    cluster.pool("p", 1);
    cluster.pool("q", 1);
    cluster.submit("p", 0, 3);
    long call = cluster.follow("p");
    long other = cluster.follow("q");

    for (int i = 0; i < 2; i++) {
      cluster.scheduler.closePool(cluster.now, "p");
      cluster.scheduler.terminatePool(cluster.now, "p");
      cluster.scheduler.closePool(cluster.now, "q");
      cluster.flush();
    }
    cluster.scheduler.terminatePool(cluster.now, "q");
    cluster.flush();

    assertEquals(PoolEnded.How.HOW_TERMINATED, cluster.ended(call));
    assertEquals(PoolEnded.How.HOW_CLOSED, cluster.ended(other));
    assertEquals(3, cluster.outcomes(call).size());
  }

  @Test
  void threeInitializerFailuresInARowBreakThePoolWithTheirCause() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    long call = cluster.follow("p");
    cluster.submit("p", 0, 3);

    for (int i = 0; i < 3; i++) {
      assertEquals(PoolEnded.How.HOW_UNSPECIFIED, cluster.ended(call));
      cluster.report(worker, executorFailed(worker, true));
    }

    assertEquals(PoolEnded.How.HOW_BROKEN, cluster.ended(call));
    Failure failure = cluster.outcomes(call).get(2L).getFailure();
    assertEquals(Failure.Kind.KIND_POOL_BROKEN, failure.getKind());
    assertEquals("java.lang.IllegalStateException", failure.getClassName());
    assertEquals(ByteString.copyFromUtf8("boom"), failure.getException());
  }

  private static AttachRequest executorFailed(FakeWorker worker, boolean initializer) {
    return worker
        .message()
        .addFailed(
            ExecutorFailed.newBuilder()
                .setPool(1)
                .setInitializer(initializer)
                .setFailure(
                    Failure.newBuilder()
                        .setKind(Failure.Kind.KIND_EXCEPTION)
                        .setClassName("java.lang.IllegalStateException")
                        .setException(ByteString.copyFromUtf8("boom"))))
        .build();
  }

  @Test
  void aWorkerWhereExecutorsCannotStartIsPassedOverForAWhile() {
    FakeWorker broken = cluster.register("w1", 1);
    FakeWorker sound = cluster.register("w2", 1);
    cluster.pool("p", 2);
    cluster.submit("p", 0, 4);
    for (int i = 0; i < 3; i++) {
      cluster.report(broken, executorFailed(broken, false));
    }

    cluster.report(broken, broken.giveBack(1, broken.indexes()));
    assertEquals(List.of(), broken.indexes());
    cluster.report(sound, sound.finishAll());
    assertEquals(List.of(0L), sound.indexes());
    for (int i = 0; i < 16; i++) {
      cluster.report(broken, broken.message().build());
      cluster.report(sound, sound.message().build());
      cluster.advance(Duration.ofSeconds(2));
    }

    assertEquals(List.of(2L), broken.indexes());
  }

  @Test
  void aPoolThatBreaksWhileItsTasksComeBackIsLeftAlone() {
    FakeWorker worker = cluster.register("w1", 2);
    cluster.pool("p", 2);
    long call = cluster.follow("p");
    cluster.submit("p", 0, 1);
    cluster.report(worker, executorFailed(worker, false));
    cluster.report(worker, executorFailed(worker, false));

    cluster.report(
        worker,
        worker.giveBack(1, List.of(0L)).toBuilder()
            .mergeFrom(executorFailed(worker, false))
            .build());

    assertEquals(PoolEnded.How.HOW_BROKEN, cluster.ended(call));
    assertEquals(List.of(), worker.indexes());
  }

  @Test
  void aPoolThatCanStartNowhereIsBroken() {
    FakeWorker broken = cluster.register("w1", 1);
    cluster.pool("p", 1);
    long call = cluster.follow("p");
    cluster.submit("p", 0, 2);

    for (int i = 0; i < 3; i++) {
      cluster.report(broken, executorFailed(broken, false));
    }

    assertEquals(PoolEnded.How.HOW_BROKEN, cluster.ended(call));
  }

  @Test
  void tasksThatWaitTooLongForTheirFirstStartFail() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    long call = cluster.follow("p");
    TaskOptions options =
        TaskOptions.newBuilder()
            .setQueueTimeout(com.google.protobuf.Duration.newBuilder().setSeconds(3))
            .build();
    cluster.submit("p", 0, 3, options);

    cluster.advance(Duration.ofSeconds(2));
    assertEquals(Map.of(), cluster.outcomes(call));
    cluster.advance(Duration.ofSeconds(1));

    assertEquals(List.of(1L, 2L), List.copyOf(cluster.outcomes(call).keySet()));
    assertEquals(Failure.Kind.KIND_QUEUE_TIMEOUT, kind(call, 1));
    assertEquals(List.of(0L), worker.indexes());
  }

  @Test
  void batchesThatHaveEndedAreNotRememberedForTheirQueueTimeout() {
    TaskOptions patient =
        TaskOptions.newBuilder()
            .setQueueTimeout(com.google.protobuf.Duration.newBuilder().setSeconds(1000))
            .build();
    QueueTimeouts timeouts = new QueueTimeouts();
    for (int i = 0; i < 10_000; i++) {
      Terms terms = Terms.of(patient, PoolSpec.getDefaultInstance(), 3);
      Slab slab =
          new Slab(
              i,
              i,
              terms,
              Payload.of(Fixture.batch(i, 1, patient), Placement.IN_MESSAGE),
              null,
              0,
              0);
      timeouts.add(null, slab);
      slab.endWaiting(i);
    }

    assertTrue(timeouts.size() <= 1000, "entries: " + timeouts.size());
  }

  @Test
  void signalsGoToTheWorkersThatHoldTheTasks() {
    FakeWorker worker = cluster.register("w1", 2);
    cluster.pool("p", 2);
    cluster.submit("p", 0, 5);

    assertEquals(2, cluster.scheduler.signal(cluster.now, "p", range(0, 5), 15));
    cluster.flush();

    assertEquals(15, worker.stops.get(0).getSignal());
    assertEquals(List.of(0L, 1L), worker.stopped());
  }

  @Test
  void poolsOfASilentClientAreTerminatedAndForgotten() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", PoolSpec.newBuilder().setProcesses(1).build());
    cluster.submit("p", 0, 2);
    cluster.scheduler.callEnded(cluster.now, 0);

    for (int i = 0; i < 30; i++) {
      cluster.report(worker, worker.message().build());
      cluster.advance(Duration.ofSeconds(2));
    }

    assertEquals(List.of(0L), worker.stopped());
    assertThrows(Refusal.class, () -> cluster.scheduler.closePool(cluster.now, "p"));
    assertEquals(0, cluster.scheduler.status(cluster.now, 0).sessions());
    cluster.report(worker, worker.finishAll());
    assertEquals(0, cluster.scheduler.status(cluster.now, 0).workers().get(0).getBusy());
  }

  @Test
  void anOpenCallKeepsTheSession() {
    cluster.pool("p", 1);
    long call = cluster.follow("p");

    cluster.advance(Duration.ofMinutes(10));
    assertEquals(1, cluster.scheduler.status(cluster.now, 0).sessions());
    cluster.scheduler.callEnded(cluster.now, call);
    cluster.advance(Duration.ofSeconds(60));

    assertEquals(0, cluster.scheduler.status(cluster.now, 0).sessions());
  }

  @Test
  void aCallThatHasEndedByItselfKeepsTheSessionNoMore() {
    cluster.pool("p", 1);
    cluster.follow("p");
    cluster.scheduler.closePool(cluster.now, "p");
    cluster.join("p", Duration.ofSeconds(5));

    cluster.advance(Duration.ofSeconds(59));
    assertEquals(1, cluster.scheduler.status(cluster.now, 0).sessions());
    cluster.advance(Duration.ofSeconds(1));

    assertEquals(0, cluster.scheduler.status(cluster.now, 0).sessions());
  }
}
