package dev.farpool.coordinator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.v1.ExplainTaskResponse;
import dev.farpool.v1.Failure;
import dev.farpool.v1.PoolEnded;
import dev.farpool.v1.Rejection;
import dev.farpool.v1.SubmitResponse;
import dev.farpool.v1.TaskOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A coordinator is lost; clients and workers bring to the next one what they have. */
class AdoptionTest {
  /** Lease and margin: by then every worker of the lost coordinator has come, or has stopped. */
  private static final Duration SETTLING = Duration.ofSeconds(12);

  private static final TaskOptions ONCE = TaskOptions.newBuilder().setAtMostOnce(true).build();

  private final Fixture cluster = new Fixture();

  /** Six tasks, of which the worker holds the first two. */
  private FakeWorker workerOfALostCoordinator() {
    FakeWorker worker = cluster.register("w1", 2);
    cluster.pool("p", 10);
    cluster.submit("p", 0, 6);
    assertEquals(List.of(0L, 1L), worker.indexes());
    cluster.restart();
    worker.startOrder.clear();
    return worker;
  }

  @Test
  void whatAWorkerRunsGoesOnWhenTheClientComesFirst() {
    FakeWorker worker = workerOfALostCoordinator();
    cluster.resume("p", 10, 6);
    cluster.submit("p", 0, 6);
    long call = cluster.follow("p");

    cluster.attach(worker);

    assertEquals(Map.of(0L, 1, 1L, 1), worker.held(1));
    assertEquals(List.of(), worker.startOrder);
    cluster.report(worker, worker.finishAll());
    assertEquals(Set.of(0L, 1L), cluster.outcomes(call).keySet());
  }

  @Test
  void whatAWorkerRunsGoesOnWhenTheWorkerComesFirst() {
    FakeWorker worker = workerOfALostCoordinator();
    cluster.attach(worker);
    cluster.resume("p", 10, 6);
    cluster.submit("p", 0, 5);
    assertEquals(Map.of(), worker.poolIds, "opened before all tasks are there");

    cluster.submit("p", 5, 1);

    long call = cluster.follow("p");
    assertEquals(Map.of(0L, 1, 1L, 1), worker.held(1));
    cluster.report(worker, worker.finishAll());
    assertEquals(Set.of(0L, 1L), cluster.outcomes(call).keySet());
  }

  @Test
  void tasksThatNobodyClaimsWaitUntilEveryWorkerHasComeOrStopped() {
    FakeWorker worker = workerOfALostCoordinator();
    cluster.attach(worker);
    cluster.resume("p", 10, 6);
    cluster.submit("p", 0, 6);
    cluster.report(worker, worker.finishAll());
    assertEquals(List.of(), worker.indexes());
    cluster.submit("p", 6, 1);

    cluster.advance(Duration.ofSeconds(4));

    cluster.report(worker, worker.message().build());
    assertEquals(List.of(), worker.indexes());
    ExplainTaskResponse waiting = cluster.scheduler.explain(cluster.now, "p", 2);
    assertEquals(ExplainTaskResponse.State.STATE_WAITING, waiting.getState());
    assertEquals(
        "the coordinator was restarted 4 s ago; it waits up to 8 s more for workers to say what"
            + " they still run",
        waiting.getExplanation());
    cluster.advance(SETTLING.minusSeconds(4));
    cluster.report(worker, worker.message().build());
    assertEquals(List.of(2L, 3L), worker.startOrder);
  }

  @Test
  void tasksAfterThoseOfTheLostCoordinatorGoAtOnceWhenAllBeforeAreAccountedFor() {
    FakeWorker worker = workerOfALostCoordinator();
    cluster.attach(worker);
    cluster.resume("p", 10, 6, 2, 4);
    assertEquals(6, cluster.submit("p", 0, 2).getNextIndex());
    cluster.submit("p", 6, 1);

    cluster.report(worker, worker.finish(1, List.of(0L)));

    assertEquals(List.of(1L, 6L), worker.indexes());
  }

  @Test
  void anAdoptedTaskThatComesBackGoesOutBeforeYoungerOnesAndKeepsItsCount() {
    FakeWorker worker = workerOfALostCoordinator();
    cluster.attach(worker);
    cluster.resume("p", 10, 6, 2, 4);
    cluster.submit("p", 0, 2);
    cluster.submit("p", 6, 1);

    cluster.disconnect(worker);
    cluster.advance(SETTLING);
    FakeWorker other = cluster.register("w2", 3);

    assertEquals(List.of(0L, 1L, 6L), other.startOrder);
    assertEquals(Map.of(0L, 2, 1L, 2, 6L, 1), other.held(1));
  }

  @Test
  void anAdoptedTaskThatItsWorkerGivesBackNeedNotWait() {
    FakeWorker worker = cluster.register("w1", 2);
    cluster.pool("p", 10);
    cluster.submit("p", 0, 6);
    cluster.report(worker, worker.finish(1, List.of(0L, 1L)));
    assertEquals(List.of(2L, 3L), worker.indexes());
    cluster.restart();
    cluster.attach(worker);
    cluster.resume("p", 10, 6); // The client has not heard of the results.
    cluster.submit("p", 0, 6);

    cluster.report(worker, worker.giveBack(1, List.of(3L)));

    assertEquals(List.of(2L, 3L), worker.indexes(), "comes again, while older ones wait");
    cluster.report(worker, worker.finish(1, List.of(2L)));
    assertEquals(List.of(3L), worker.indexes());
    cluster.advance(SETTLING.minusSeconds(1));
    cluster.report(worker, worker.message().build());
    cluster.advance(Duration.ofSeconds(1));
    assertEquals(List.of(0L, 3L), worker.indexes());
  }

  @Test
  void resultsThatWaitAtTheWorkerArriveAndAreNotAskedForAgain() {
    FakeWorker worker = workerOfALostCoordinator();
    cluster.resume("p", 10, 6, 0, 1);
    cluster.submit("p", 1, 5);
    long call = cluster.follow("p");
    cluster.attach(worker);

    assertEquals(List.of(0L), worker.stopped(), "the client has it already");
    cluster.report(worker, worker.finish(1, List.of(1L)));

    assertEquals(Set.of(1L), cluster.outcomes(call).keySet());
  }

  @Test
  void ofTwoWorkersThatClaimATaskTheLaterAttemptWins() {
    FakeWorker older = cluster.register("w1", 1);
    cluster.pool("p", 10);
    cluster.submit("p", 0, 1);
    FakeWorker newer = new FakeWorker("w2", 1, Map.of());
    newer.held(1).put(0L, 2);
    newer.poolIds.put(1L, "p");
    cluster.restart();
    newer.loseCoordinator();
    cluster.resume("p", 10, 1);
    cluster.submit("p", 0, 1);
    long call = cluster.follow("p");

    cluster.attach(older);
    cluster.attach(newer);

    assertEquals(List.of(0L), older.stopped());
    assertEquals(List.of(), newer.stopped());
    cluster.report(older, older.finishAll());
    assertEquals(Map.of(), cluster.outcomes(call));
    cluster.report(newer, newer.finishAll());
    assertEquals(Set.of(0L), cluster.outcomes(call).keySet());
  }

  @Test
  void aTaskThatMayStartOnceFailsWhenNobodyClaimsIt() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 10);
    cluster.submit("p", 0, 2, ONCE);
    cluster.restart();
    cluster.attach(worker);
    cluster.resume("p", 10, 2);
    cluster.submit("p", 0, 2, ONCE);
    cluster.submit("p", 2, 1, ONCE);
    long call = cluster.follow("p");

    cluster.advance(SETTLING.minusSeconds(4));
    cluster.report(worker, worker.finishAll());
    cluster.advance(Duration.ofSeconds(4));

    Failure lost = cluster.outcomes(call).get(1L).getFailure();
    assertEquals(Failure.Kind.KIND_WORKER_LOST, lost.getKind());
    assertTrue(lost.getMessage().startsWith("the coordinator was restarted"), lost.getMessage());
    assertFalse(cluster.outcomes(call).get(0L).hasFailure());
    assertEquals(List.of(2L), worker.indexes(), "was not known to the lost coordinator");
  }

  @Test
  void aPoolThatNobodyBringsIsForgottenWhenItsTimeIsOver() {
    FakeWorker worker = workerOfALostCoordinator();
    cluster.attach(worker);
    assertEquals(List.of(), worker.forgotten);

    cluster.advance(Duration.ofSeconds(9));
    cluster.report(worker, worker.message().build());
    cluster.advance(Duration.ofSeconds(3));

    assertEquals(List.of("p"), worker.forgotten);
    FakeWorker late = new FakeWorker("w2", 1, Map.of());
    late.brought.put("p", new TreeMap<>(Map.of(3L, 1)));
    cluster.attach(late);
    assertEquals(List.of("p"), late.forgotten);
  }

  @Test
  void aPoolThatComesLaterThanThatWaitsUntilItsWorkersHaveLetGoOfIt() {
    FakeWorker worker = workerOfALostCoordinator();
    cluster.attach(worker);
    passWithHeartbeat(worker, SETTLING);
    assertEquals(List.of("p"), worker.forgotten);

    cluster.resume("p", 10, 6);
    cluster.submit("p", 0, 6);

    passWithHeartbeat(worker, SETTLING.minusSeconds(1));
    assertEquals(List.of(), worker.indexes(), "it may be paused, and run them still");
    assertEquals(
        "the coordinator was restarted, and the pool's client was away for long; it waits up to"
            + " 1 s more until workers have let go of what they ran of the pool",
        cluster.scheduler.explain(cluster.now, "p", 0).getExplanation());
    passWithHeartbeat(worker, Duration.ofSeconds(1));
    assertEquals(List.of(0L, 1L), worker.startOrder);
  }

  private void passWithHeartbeat(FakeWorker worker, Duration time) {
    cluster.advance(time.dividedBy(2));
    cluster.report(worker, worker.message().build());
    cluster.advance(time.minus(time.dividedBy(2)));
    cluster.report(worker, worker.message().build());
  }

  @Test
  void aPoolThatEndedWhileItsWorkerWasAwayIsForgottenAtOnce() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.disconnect(worker);
    worker.brought.put("gone", new TreeMap<>(Map.of(0L, 1)));

    cluster.attach(worker);

    assertEquals(List.of("gone"), worker.forgotten);
  }

  @Test
  void aPoolThatIsTerminatedBeforeAllIsSubmittedAgainEndsWithAllItsTasks() {
    FakeWorker worker = workerOfALostCoordinator();
    cluster.attach(worker);
    cluster.resume("p", 10, 6, 4, 1);
    cluster.submit("p", 0, 1);
    long call = cluster.follow("p");

    cluster.scheduler.terminatePool(cluster.now, "p");
    cluster.flush();

    assertEquals(Set.of(0L, 1L, 2L, 3L, 5L), cluster.outcomes(call).keySet());
    assertEquals(PoolEnded.How.HOW_TERMINATED, cluster.ended(call));
    assertEquals(List.of(0L, 1L), worker.stopped());
    assertTrue(worker.released.get(0).getKill());
  }

  @Test
  void aPoolThatIsClosedBeforeAllIsSubmittedAgainTakesTheRest() {
    FakeWorker worker = workerOfALostCoordinator();
    cluster.attach(worker);
    cluster.resume("p", 10, 6, 2, 4);
    long call = cluster.follow("p");
    cluster.scheduler.closePool(cluster.now, "p");
    cluster.flush();
    assertEquals(PoolEnded.How.HOW_UNSPECIFIED, cluster.ended(call));

    assertFalse(cluster.submit("p", 0, 2).hasRejected());
    assertTrue(cluster.submit("p", 6, 1).hasRejected());
    cluster.report(worker, worker.finishAll());

    assertEquals(PoolEnded.How.HOW_CLOSED, cluster.ended(call));
  }

  @Test
  void theClientIsWaitedForAndThatIsSaid() {
    FakeWorker worker = workerOfALostCoordinator();
    cluster.attach(worker);
    cluster.resume("p", 10, 6);
    cluster.submit("p", 0, 3);
    cluster.advance(SETTLING);

    assertEquals(List.of(), worker.startOrder);
    String explanation = "the coordinator was restarted; the pool's client has to submit 3 tasks";
    assertEquals(
        explanation + " again", cluster.scheduler.explain(cluster.now, "p", 0).getExplanation());
    assertEquals(
        explanation + " again", cluster.scheduler.explain(cluster.now, "p", 4).getExplanation());
  }

  @Test
  void aBatchWithATaskThatHasItsOutcomeIsRejected() {
    cluster.resume("p", 10, 6, 2, 1);

    SubmitResponse across = cluster.submit("p", 0, 4);
    assertEquals(Rejection.Reason.REASON_INVALID, across.getRejected().getReason());
    assertEquals("batches[0].first_index", across.getRejected().getField());
    assertEquals(3, cluster.submit("p", 0, 2).getNextIndex());
    assertEquals(6, cluster.submit("p", 3, 3).getNextIndex());
  }

  @Test
  void theSecondRestartFindsWhatTheFirstOneLeft() {
    FakeWorker worker = workerOfALostCoordinator();
    cluster.attach(worker);
    cluster.resume("p", 10, 6);
    cluster.submit("p", 0, 3);
    cluster.restart();
    cluster.resume("p", 10, 6);
    cluster.submit("p", 0, 6);
    cluster.attach(worker);
    cluster.restart();
    cluster.attach(worker);
    cluster.resume("p", 10, 6);
    cluster.submit("p", 0, 6);
    long call = cluster.follow("p");

    assertEquals(Map.of(0L, 1, 1L, 1), worker.held(1));
    assertEquals(List.of(), worker.startOrder);
    cluster.report(worker, worker.finishAll());
    assertEquals(Set.of(0L, 1L), cluster.outcomes(call).keySet());
  }

  @Test
  void aWorkerThatComesWithMoreThanItHasSlotsGetsNothingUntilItHasLess() {
    FakeWorker worker = new FakeWorker("w1", 1, Map.of());
    worker.held(1).put(0L, 1);
    worker.held(2).put(0L, 1);
    worker.poolIds.put(1L, "p");
    worker.poolIds.put(2L, "q");
    worker.slots.putAll(Map.of(1L, 1, 2L, 1));
    worker.loseCoordinator();
    cluster.attach(worker);
    cluster.resume("p", 10, 1);
    cluster.submit("p", 0, 1);
    cluster.resume("q", 10, 1);
    cluster.submit("q", 0, 1);
    cluster.pool("other", 1);
    cluster.submit("other", 0, 1);

    cluster.report(worker, worker.finish(1, List.of(0L)));
    assertEquals(List.of(), worker.startOrder);
    cluster.report(worker, worker.finish(2, List.of(0L)));
    assertEquals(List.of(0L), worker.startOrder);
  }
}
