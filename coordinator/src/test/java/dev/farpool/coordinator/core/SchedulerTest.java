package dev.farpool.coordinator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.Credit;
import dev.farpool.v1.PoolEnded;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.Rejection;
import dev.farpool.v1.ResultBlock;
import dev.farpool.v1.TaskOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchedulerTest {
  private final Fixture cluster = new Fixture();

  @Test
  void tasksGoOutInOrderAsFarAsThereAreSlots() {
    FakeWorker worker = cluster.register("w1", 2);
    cluster.pool("p", 10);

    cluster.submit("p", 0, 5);

    assertEquals(List.of(0L, 1L), worker.startOrder);
    cluster.report(worker, worker.finish(1, List.of(1L)));
    assertEquals(List.of(0L, 1L, 2L), worker.startOrder);
  }

  @Test
  void aPoolHasNoMoreTasksRunningThanProcesses() {
    FakeWorker first = cluster.register("w1", 4);
    FakeWorker second = cluster.register("w2", 4);
    cluster.pool("p", 3);

    cluster.submit("p", 0, 100);

    assertEquals(3, first.indexes().size() + second.indexes().size());
  }

  @Test
  void aBlockOfCurrentResultsReachesTheClientAsItCame() {
    FakeWorker worker = cluster.register("w1", 2);
    cluster.pool("p", 2);
    long call = cluster.follow("p");
    cluster.submit("p", 0, 2);

    AttachRequest finished = worker.finishAll();
    cluster.report(worker, finished);

    ResultBlock sent = cluster.results.get(call).get(0).getBlocks(0);
    assertSame(finished.getFinished(0).getBlock(), sent);
  }

  @Test
  void aPoolIsOpenedAndItsFunctionsDefinedBeforeItsFirstTaskAndOnlyOnce() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    cluster.submit("p", 0, 2);

    AttachResponse first = worker.received.get(worker.received.size() - 1);
    assertEquals("p", first.getOpened(0).getPoolId());
    assertEquals(Fixture.OWNER, first.getOpened(0).getOwner());
    assertEquals(1, first.getFunctions(0).getFunctionsCount());
    cluster.report(worker, worker.finishAll());
    AttachResponse second = worker.received.get(worker.received.size() - 1);
    assertEquals(0, second.getOpenedCount() + second.getFunctionsCount());
    assertEquals(1, second.getStartCount());
  }

  @Test
  void prefetchIsHandedOutOnTopOfTheSlotsAndRefilled() {
    FakeWorker worker = cluster.register("w1", 2);
    cluster.pool("p", 2);
    cluster.submit("p", 0, 100);

    cluster.report(worker, credit(worker, 4));

    assertEquals(2 * (1 + 4), worker.indexes().size());
    assertEquals(2, worker.slots.get(1L));
    cluster.report(worker, worker.finish(1, List.of(0L, 1L, 2L)));
    assertEquals(2 * (1 + 4), worker.indexes().size());
  }

  @Test
  void fewTasksArePrefetchedInPortionsAndEveryWorkerHasItsTurn() {
    List<FakeWorker> workers = fullWorkersThatPrefetch(4, 8);

    cluster.submit("p", 32, 4);
    assertEquals(List.of(10, 10, 8, 8), held(workers));
    cluster.submit("p", 36, 3);
    assertEquals(List.of(10, 10, 10, 9), held(workers));
    cluster.submit("p", 39, 2);
    assertEquals(List.of(12, 10, 10, 9), held(workers));
  }

  @Test
  void manyTasksArePrefetchedByAllInProportionToTheirSlots() {
    List<FakeWorker> workers = fullWorkersThatPrefetch(4, 8);

    cluster.submit("p", 32, 24);

    assertEquals(List.of(14, 14, 14, 14), held(workers));
  }

  /** Workers whose slots are all taken and that ask for one more task for each of them. */
  private List<FakeWorker> fullWorkersThatPrefetch(int count, int cores) {
    List<FakeWorker> workers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      workers.add(cluster.register("w" + i, cores));
    }
    cluster.pool("p", count * cores);
    cluster.submit("p", 0, count * cores);
    for (FakeWorker worker : workers) {
      cluster.report(worker, credit(worker, 1));
    }
    return workers;
  }

  private static List<Integer> held(List<FakeWorker> workers) {
    return workers.stream().map(worker -> worker.indexes().size()).toList();
  }

  @Test
  void tasksThatStartAtMostOnceAreNotPrefetched() {
    FakeWorker worker = cluster.register("w1", 2);
    cluster.pool("p", 2);
    cluster.submit("p", 0, 6);
    cluster.submit("p", 6, 9, TaskOptions.newBuilder().setAtMostOnce(true).build());

    cluster.report(worker, credit(worker, 4));
    assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L), worker.indexes());
    cluster.report(worker, worker.finish(1, List.of(0L, 1L, 2L, 3L, 4L)));
    assertEquals(List.of(5L, 6L), List.copyOf(worker.held(1).keySet()));
  }

  private static AttachRequest credit(FakeWorker worker, int prefetch) {
    return worker
        .message()
        .addCredits(Credit.newBuilder().setPool(1).setPrefetchPerSlot(prefetch))
        .build();
  }

  @Test
  void aPoolWithFewerTasksThanSlotsGivesTheSlotsToAnother() {
    FakeWorker worker = cluster.register("w1", 2);
    cluster.pool("a", 2);
    cluster.pool("b", 2);
    cluster.submit("a", 0, 2);
    cluster.submit("b", 0, 2);

    cluster.report(worker, worker.finish(1, List.of(0L)));

    assertEquals(List.of(1L), List.copyOf(worker.held(1).keySet()));
    assertEquals(List.of(0L), List.copyOf(worker.held(2).keySet()));
  }

  @Test
  void theOldestWaitingTaskGoesFirstBetweenPoolsAlsoAgainstPrefetch() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("a", 1);
    cluster.pool("b", 1);
    cluster.submit("a", 0, 1);
    cluster.report(worker, credit(worker, 10));
    cluster.submit("b", 0, 1);
    cluster.submit("a", 1, 5);

    assertEquals(List.of(0L), List.copyOf(worker.held(1).keySet()));
    cluster.report(worker, worker.finish(1, List.of(0L)));
    assertEquals(List.of(0L), List.copyOf(worker.held(2).keySet()));
    assertTrue(worker.held(1).isEmpty());
  }

  @Test
  void returnedTasksGoBackToTheirOldPlaceAndDoNotCount() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    cluster.submit("p", 0, 3);
    cluster.report(worker, credit(worker, 2));

    AttachRequest back = worker.giveBack(1, List.of(1L, 2L));
    cluster.report(worker, back.toBuilder().addCredits(noPrefetch()).build());
    cluster.report(worker, worker.finishAll());

    assertEquals(Map.of(1L, 1), worker.held(1));
  }

  private static Credit noPrefetch() {
    return Credit.newBuilder().setPool(1).build();
  }

  @Test
  void aWideTaskThatDoesNotFitYetKeepsTheRoomiestWorkerForItself() {
    FakeWorker worker = cluster.register("w1", 4);
    cluster.pool("wide", 1);
    cluster.pool("narrow", 10);
    cluster.submit("narrow", 0, 2);
    cluster.submit("wide", 0, 1, TaskOptions.newBuilder().setCores(4).build());
    cluster.submit("narrow", 2, 5);

    assertEquals(List.of(0L, 1L), List.copyOf(worker.held(2).keySet()));
    cluster.report(worker, worker.finishAll());
    assertEquals(List.of(0L), List.copyOf(worker.held(1).keySet()));
    assertEquals(4, worker.slots.get(1L));
    assertTrue(worker.held(2).isEmpty());
    cluster.report(worker, worker.finishAll());
    assertEquals(4, worker.held(2).size());
  }

  @Test
  void tasksGoOnlyToWorkersWithTheirLabels() {
    FakeWorker plain = cluster.register("w1", 4);
    FakeWorker gpu = cluster.register("w2", 1, Map.of("gpu", "a100"));
    cluster.pool("p", PoolSpec.newBuilder().setProcesses(9).putLabels("gpu", "a100").build());

    cluster.submit("p", 0, 3);

    assertEquals(List.of(), plain.indexes());
    assertEquals(List.of(0L), gpu.indexes());
  }

  @Test
  void tasksThatWaitForALabelDoNotHoldUpOtherPools() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("gpu", PoolSpec.newBuilder().setProcesses(9).putLabels("gpu", "x").build());
    cluster.pool("plain", 1);
    cluster.submit("gpu", 0, 1);
    cluster.submit("plain", 0, 1);
    assertEquals(1, worker.held(2).size());

    FakeWorker late = cluster.register("w2", 1, Map.of("gpu", "x"));

    assertEquals(1, late.held(1).size());
  }

  @Test
  void repeatedBatchIsAcceptedOnce() {
    cluster.pool("p", 1);
    assertEquals(3, cluster.submit("p", 0, 3).getNextIndex());

    assertEquals(3, cluster.submit("p", 0, 3).getNextIndex());

    assertEquals(3, cluster.scheduler.status(cluster.now, 0).pools().get(0).getWaiting());
  }

  @Test
  void aGapInTheIndexesIsRejectedWithTheIndexThatIsNext() {
    cluster.pool("p", 1);
    cluster.submit("p", 0, 3);

    var answer = cluster.submit("p", 5, 1);

    assertEquals(Rejection.Reason.REASON_INVALID, answer.getRejected().getReason());
    assertEquals("batches[0].first_index", answer.getRejected().getField());
    assertEquals(3, answer.getNextIndex());
  }

  @Test
  void whatNoWorkerCanEverHaveIsRefused() {
    cluster.pool("p", PoolSpec.newBuilder().setProcesses(1).putLabels("os", "linux").build());

    var cores = cluster.submit("p", 0, 1, TaskOptions.newBuilder().setCores(100_001).build());
    var labels =
        cluster.submit("p", 0, 1, TaskOptions.newBuilder().putLabels("os", "hurd").build());

    assertEquals(Rejection.Reason.REASON_INFEASIBLE, cores.getRejected().getReason());
    assertEquals(Rejection.Reason.REASON_INFEASIBLE, labels.getRejected().getReason());
  }

  @Test
  void aFullCoordinatorAsksToRepeatLater() {
    Fixture small = new Fixture(SchedulerLimits.DEFAULTS.withMaxHeldBytes(10));
    small.pool("p", 1);
    small.submit("p", 0, 100);

    var answer = small.submit("p", 100, 1);

    assertEquals(Rejection.Reason.REASON_OVERLOADED, answer.getRejected().getReason());
    assertTrue(answer.getRejected().hasRetryAfter());
  }

  @Test
  void closedPoolRefusesNewTasksAndEndsAfterItsLastResult() {
    FakeWorker worker = cluster.register("w1", 2);
    cluster.pool("p", 2);
    long call = cluster.follow("p");
    cluster.submit("p", 0, 2);

    cluster.scheduler.closePool(cluster.now, "p");
    var answer = cluster.submit("p", 2, 1);
    assertEquals(Rejection.Reason.REASON_NOT_RUNNING, answer.getRejected().getReason());
    assertEquals(PoolEnded.How.HOW_UNSPECIFIED, cluster.ended(call));
    cluster.report(worker, worker.finishAll());

    assertEquals(PoolEnded.How.HOW_CLOSED, cluster.ended(call));
    assertEquals(2, cluster.outcomes(call).size());
    assertEquals(List.of(call), cluster.completed);
    assertEquals(false, worker.released.get(0).getKill());
  }

  @Test
  void aWorkerWhoseStreamIsFullGetsNothingUntilItTakesMore() {
    FakeWorker worker = cluster.register("w1", 4);
    cluster.pool("p", 4);
    cluster.workersReady = false;
    cluster.submit("p", 0, 1);
    cluster.submit("p", 1, 1);
    assertEquals(List.of(0L), worker.indexes());

    cluster.workersReady = true;
    cluster.scheduler.workerReady(worker.link);
    cluster.flush();

    assertEquals(List.of(0L, 1L), worker.indexes());
  }

  @Test
  void messagesOfWorkersAreAcknowledged() {
    FakeWorker worker = cluster.register("w1", 1);
    AttachRequest heartbeat = worker.message().build();

    cluster.report(worker, heartbeat);

    AttachResponse last = worker.received.get(worker.received.size() - 1);
    assertEquals(heartbeat.getSequence(), last.getAcknowledged());
  }
}
