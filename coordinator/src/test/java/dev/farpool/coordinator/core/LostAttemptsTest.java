package dev.farpool.coordinator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.CancelMode;
import dev.farpool.v1.Failure;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.PoolMode;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.Registered;
import dev.farpool.v1.TaskOptions;
import dev.farpool.v1.TaskResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Processes and workers that are lost, come back, or tell what is not true any more. */
class LostAttemptsTest {
  private static final Duration SILENCE = Duration.ofSeconds(12);

  private final Fixture cluster = new Fixture();

  private static TaskResult died(long index) {
    return failed(index, Failure.Kind.KIND_PROCESS_DIED);
  }

  private static TaskResult failed(long index, Failure.Kind kind) {
    return TaskResult.newBuilder()
        .setIndex(index)
        .setFailure(Failure.newBuilder().setKind(kind))
        .build();
  }

  @Test
  void aTaskWhoseProcessDiesIsTriedThreeTimesAndThenFailsWithTheCause() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    long call = cluster.follow("p");
    cluster.submit("p", 0, 1);

    for (int attempt = 1; attempt <= 3; attempt++) {
      assertEquals(Map.of(0L, attempt), worker.held(1));
      cluster.report(worker, worker.end(1, died(0)));
    }

    Failure failure = cluster.outcomes(call).get(0L).getFailure();
    assertEquals(Failure.Kind.KIND_PROCESS_DIED, failure.getKind());
    assertEquals(3, failure.getAttempts());
  }

  @Test
  void anExceptionIsAnAnswerAndIsNotRetried() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    long call = cluster.follow("p");
    cluster.submit("p", 0, 1);

    cluster.report(worker, worker.end(1, failed(0, Failure.Kind.KIND_EXCEPTION)));

    assertEquals(1, cluster.outcomes(call).get(0L).getFailure().getAttempts());
    assertEquals(List.of(), worker.indexes());
  }

  @Test
  void aTaskThatMayRunOnceFailsWithItsFirstLostAttempt() {
    FakeWorker worker = cluster.register("w1", 2);
    cluster.pool("p", 1);
    cluster.pool(
        "processes",
        PoolSpec.newBuilder().setProcesses(1).setMode(PoolMode.POOL_MODE_PROCESSES).build());
    long call = cluster.follow("p");
    long processes = cluster.follow("processes");
    cluster.submit("p", 0, 1, TaskOptions.newBuilder().setAtMostOnce(true).build());
    cluster.submit("processes", 0, 1);

    cluster.report(worker, worker.end(1, died(0)));
    cluster.disconnect(worker);
    cluster.advance(SILENCE);

    assertEquals(
        Failure.Kind.KIND_PROCESS_DIED, cluster.outcomes(call).get(0L).getFailure().getKind());
    assertEquals(
        Failure.Kind.KIND_WORKER_LOST, cluster.outcomes(processes).get(0L).getFailure().getKind());
  }

  @Test
  void tasksOfALostWorkerRunElsewhereInTheirOldOrderBeforeYoungerOnes() {
    FakeWorker first = cluster.register("w1", 2);
    cluster.pool("p", 10);
    cluster.submit("p", 0, 4);
    cluster.disconnect(first);

    cluster.advance(SILENCE);
    FakeWorker second = cluster.register("w2", 3);

    assertEquals(List.of(0L, 1L, 2L), second.startOrder);
    assertEquals(Map.of(0L, 2, 1L, 2, 2L, 1), second.held(1));
  }

  @Test
  void aSilentWorkerGetsNoNewTasksAndLosesItsOldOnesLater() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 10);
    cluster.submit("p", 0, 1);

    cluster.advance(Duration.ofSeconds(6));
    FakeWorker other = cluster.register("w2", 1);
    cluster.submit("p", 1, 1);
    assertEquals(List.of(1L), other.indexes());
    cluster.report(other, other.finishAll());
    assertEquals(List.of(), other.indexes());
    cluster.advance(Duration.ofSeconds(3));
    cluster.report(other, other.message().build());
    cluster.advance(Duration.ofSeconds(4));

    assertEquals(List.of(worker.link), cluster.endedLinks);
    assertEquals(List.of(0L), other.indexes());
  }

  @Test
  void aSuspectWorkerThatIsHeardAgainGetsTasksAgain() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    cluster.advance(Duration.ofSeconds(6));
    cluster.submit("p", 0, 1);
    assertEquals(List.of(), worker.indexes());

    cluster.report(worker, worker.message().build());

    assertEquals(List.of(0L), worker.indexes());
  }

  @Test
  void lateAndRepeatedResultsChangeNothing() {
    FakeWorker first = cluster.register("w1", 1);
    cluster.pool("p", 1);
    long call = cluster.follow("p");
    cluster.submit("p", 0, 1);
    AttachRequest late = first.finishAll();
    cluster.disconnect(first);
    cluster.advance(SILENCE);
    FakeWorker second = cluster.register("w2", 1);
    FakeWorker again = cluster.register("w1", 1);

    cluster.report(again, late);
    assertEquals(Map.of(), cluster.outcomes(call));
    AttachRequest finished = second.finishAll();
    cluster.report(second, finished);
    cluster.report(second, finished);

    assertEquals(1, cluster.outcomes(call).size());
  }

  @Test
  void resultsOfTasksThatAnotherWorkerHoldsChangeNothing() {
    FakeWorker holder = cluster.register("w1", 1);
    FakeWorker liar = cluster.register("w2", 1);
    cluster.pool("p", 2);
    long call = cluster.follow("p");
    cluster.submit("p", 0, 2);
    liar.held(1).put(0L, 1);

    cluster.report(liar, liar.finish(1, List.of(0L)));

    assertEquals(Map.of(), cluster.outcomes(call));
    cluster.report(holder, holder.finishAll());
    assertEquals(1, cluster.outcomes(call).size());
  }

  @Test
  void onlyTheCurrentResultsOfABlockReachTheClient() {
    FakeWorker worker = cluster.register("w1", 3);
    cluster.pool("p", 3);
    long call = cluster.follow("p");
    cluster.submit("p", 0, 3);
    AttachRequest first = worker.finish(1, List.of(1L));
    worker.held(1).put(1L, 1);

    cluster.report(worker, first);
    cluster.report(worker, worker.finishAll());

    assertEquals(List.of(1L, 0L, 2L), List.copyOf(cluster.outcomes(call).keySet()));
  }

  @Test
  void aWorkerThatReturnsKeepsWhatItStillHolds() {
    FakeWorker worker = cluster.register("w1", 2);
    cluster.pool("p", 2);
    long call = cluster.follow("p");
    cluster.submit("p", 0, 2);
    cluster.disconnect(worker);
    worker.startOrder.clear();

    cluster.attach(worker);

    assertEquals(List.of(), worker.startOrder);
    cluster.report(worker, worker.finishAll());
    assertEquals(2, cluster.outcomes(call).size());
  }

  @Test
  void whatAReturningWorkerDoesNotHoldAnyMoreIsTriedAgain() {
    FakeWorker worker = cluster.register("w1", 2);
    cluster.pool("p", 2);
    cluster.submit("p", 0, 2);
    cluster.disconnect(worker);
    worker.held(1).remove(0L);

    cluster.attach(worker);

    assertEquals(Map.of(0L, 2, 1L, 1), worker.held(1));
  }

  @Test
  void whatNeverArrivedAtAWorkerThatReturnsIntactDoesNotCount() {
    FakeWorker worker = cluster.register("w1", 2);
    cluster.pool("p", 2);
    cluster.submit("p", 0, 1, TaskOptions.newBuilder().setAtMostOnce(true).build());
    cluster.submit("p", 1, 1);
    cluster.disconnect(worker);
    worker.held.clear();
    worker.intact = true;

    cluster.attach(worker);

    assertEquals(Map.of(0L, 1, 1L, 1), worker.held(1));
  }

  @Test
  void aNewAttemptIsNotMetByTheStopOfAnOldOne() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 2);
    cluster.workersReady = false; // Nothing more goes out on this connection.
    cluster.submit("p", 0, 1);
    cluster.report(worker, worker.end(1, died(0)));
    cluster.disconnect(worker);
    worker.held.clear();
    worker.held(1).put(0L, 1); // Its report was heard, but it was not told so.
    cluster.workersReady = true;

    cluster.attach(worker);

    assertEquals(Map.of(0L, 2), worker.held(1));
    AttachResponse start = last(worker);
    assertEquals(1, start.getStartCount());
    assertEquals(0, start.getStopCount());
  }

  @Test
  void whatWasGivenUpIsStoppedWhenItsWorkerReturns() {
    FakeWorker worker = cluster.register("w1", 2);
    cluster.pool("p", 2);
    cluster.submit("p", 0, 2);
    cluster.disconnect(worker);
    cluster.scheduler.cancel(
        cluster.now,
        "p",
        List.of(IndexRange.newBuilder().setFirst(1).setCount(1).build()),
        CancelMode.CANCEL_MODE_KILL);

    cluster.attach(worker);

    assertEquals(List.of(1L), worker.stopped());
    assertEquals("p", worker.poolIds.get(1L));
  }

  @Test
  void aSecondConnectionOfTheSameProcessTakesOver() {
    FakeWorker worker = cluster.register("w1", 1);
    long old = worker.link;
    cluster.pool("p", 1);
    cluster.submit("p", 0, 1);

    cluster.attach(worker);

    assertEquals(List.of(old), cluster.endedLinks);
    cluster.scheduler.workerDisconnected(old);
    assertEquals(1, cluster.scheduler.status(cluster.now, 0).workers().size());
    assertEquals(List.of(0L), worker.indexes());
  }

  @Test
  void anotherProcessMayTakeANameOnlyWhenTheFirstIsGivenUp() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.disconnect(worker);
    var impostor = worker.registration().toBuilder().setInstanceId("other").build();
    long link = cluster.newCall();

    Refusal refusal =
        assertThrows(
            Refusal.class,
            () ->
                cluster.scheduler.attach(
                    cluster.now,
                    link,
                    Fixture.OWNER,
                    impostor,
                    Registered.getDefaultInstance(),
                    1));
    assertEquals(Refusal.Reason.ALREADY_EXISTS, refusal.reason());
    assertTrue(refusal.getMessage().contains("host-of-w1"), refusal.getMessage());

    cluster.advance(SILENCE);
    cluster.scheduler.attach(
        cluster.now, link, Fixture.OWNER, impostor, Registered.getDefaultInstance(), 1);
    assertEquals(1, cluster.scheduler.status(cluster.now, 0).workers().size());
  }

  @Test
  void aDrainingWorkerThatHasNothingLeftIsForgottenWhenItGoes() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    cluster.submit("p", 0, 2);

    cluster.scheduler.drainWorker("w1", "maintenance");
    cluster.flush();
    assertEquals("maintenance", last(worker).getDrain().getReason());
    cluster.report(worker, worker.finishAll());
    assertEquals(List.of(), worker.indexes());
    cluster.disconnect(worker);

    assertEquals(List.of(), cluster.scheduler.status(cluster.now, 0).workers());
  }

  private static AttachResponse last(FakeWorker worker) {
    return worker.received.get(worker.received.size() - 1);
  }
}
