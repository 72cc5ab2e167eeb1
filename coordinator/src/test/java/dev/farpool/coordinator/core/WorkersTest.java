package dev.farpool.coordinator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.AttemptsFinished;
import dev.farpool.v1.AttemptsReturned;
import dev.farpool.v1.ExitStatus;
import dev.farpool.v1.ResultBlock;
import dev.farpool.v1.TaskOptions;
import dev.farpool.v1.TaskResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Workers that change, lie, are told to go, or come all at once. */
class WorkersTest {
  private final Fixture cluster = new Fixture();

  @Test
  void aWorkerThatComesBackWithFewerCoresRunsDryToThem() {
    FakeWorker worker = cluster.register("w1", 4);
    cluster.pool("p", 10);
    cluster.submit("p", 0, 10);
    cluster.disconnect(worker);
    worker.cores = 2;

    cluster.attach(worker);

    cluster.report(worker, worker.finish(1, List.of(0L, 1L)));
    assertEquals(List.of(2L, 3L), worker.indexes());
    cluster.report(worker, worker.finish(1, List.of(2L)));
    assertEquals(List.of(3L, 4L), worker.indexes());
  }

  @Test
  void aWorkerThatComesBackWithMoreCoresGetsMore() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 10);
    cluster.submit("p", 0, 10);
    cluster.disconnect(worker);
    worker.cores = 3;

    cluster.attach(worker);

    assertEquals(List.of(0L, 1L, 2L), worker.indexes());
  }

  @Test
  void aTaskThatIsTooWideForAShrunkenWorkerSaysSo() {
    FakeWorker worker = cluster.register("w1", 4);
    cluster.disconnect(worker);
    worker.cores = 2;
    cluster.attach(worker);
    cluster.pool("p", 10);
    cluster.submit("p", 0, 1, TaskOptions.newBuilder().setCores(4).build());

    assertEquals(
        "no worker has 4 cores, the largest has 2",
        cluster.scheduler.explain(cluster.now, "p", 0).getExplanation());
  }

  @Test
  void whatAWorkerNeverHadChangesNothingAndIsCounted() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    long call = cluster.follow("p");
    cluster.submit("p", 0, 3);

    tell(worker, result(1, 1), 1); // Waits.
    tell(worker, result(0, 1), 2); // Another attempt.
    tell(worker, result(99, 1), 1); // Was never submitted.
    tell(worker, result(-1, 1), 1);
    cluster.report(
        worker,
        worker
            .message()
            .addReturned(AttemptsReturned.newBuilder().setPool(1).addIndexes(2).addAttempts(1))
            .addFinished(AttemptsFinished.newBuilder().setPool(77).addResults(result(0, 1)))
            .build());

    assertEquals(Map.of(), cluster.outcomes(call));
    assertEquals(5, cluster.scheduler.refusedReports());
    cluster.report(worker, worker.finishAll());
    assertEquals(Set.of(0L), cluster.outcomes(call).keySet());
  }

  private static TaskResult result(long index, int code) {
    return TaskResult.newBuilder()
        .setIndex(index)
        .setExit(ExitStatus.newBuilder().setCode(code))
        .build();
  }

  private void tell(FakeWorker worker, TaskResult result, int attempt) {
    AttachRequest message =
        worker
            .message()
            .addFinished(
                AttemptsFinished.newBuilder()
                    .setPool(1)
                    .addResults(result)
                    .addResultAttempts(attempt))
            .build();
    cluster.report(worker, message);
  }

  @Test
  void aTaskThatIsTwiceInABlockCountsOnce() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    long call = cluster.follow("p");
    cluster.submit("p", 0, 1);

    ResultBlock twice =
        ResultBlock.newBuilder().addIndexes(0).addSizes(0).addIndexes(0).addSizes(0).build();
    cluster.report(
        worker,
        worker
            .message()
            .addFinished(AttemptsFinished.newBuilder().setPool(1).setBlock(twice))
            .build());

    assertEquals(Set.of(0L), cluster.outcomes(call).keySet());
  }

  @Test
  void aWorkerThatWasAskedToDrainIsAskedAgainWhenItComesBack() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.scheduler.drainWorker("w1", "maintenance");
    cluster.flush();
    worker.received.clear();
    cluster.pool("p", 1);
    cluster.submit("p", 0, 1);

    cluster.attach(worker);

    AttachResponse answer = worker.received.get(0);
    assertEquals("maintenance", answer.getDrain().getReason());
    assertEquals(List.of(), worker.indexes());
  }

  @Test
  void aThousandWorkersThatComeBackAtOnceLoseNothing() {
    List<FakeWorker> workers = new ArrayList<>();
    cluster.pool("p", 100_000);
    cluster.submit("p", 0, 64_000);
    cluster.submit("p", 64_000, 10);
    for (int i = 0; i < 1000; i++) {
      FakeWorker worker = new FakeWorker("w" + i, 64, Map.of());
      workers.add(worker);
      cluster.attachUnchecked(worker);
    }
    assertEquals(64_000, workers.stream().mapToInt(worker -> worker.indexes().size()).sum());

    workers.forEach(worker -> cluster.scheduler.workerDisconnected(worker.link));
    workers.forEach(cluster::attachUnchecked);

    cluster.flush();
    assertTrue(workers.stream().allMatch(worker -> worker.startOrder.size() == 64));
    assertTrue(workers.stream().allMatch(worker -> worker.stops.isEmpty()));
    long call = cluster.follow("p");
    workers.forEach(
        worker ->
            cluster.scheduler.report(
                cluster.now, worker.link, worker.finishAll(), Placement.IN_MESSAGE));
    cluster.flush();
    assertEquals(64_000, cluster.outcomes(call).size());
  }
}
