package dev.farpool.coordinator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.farpool.v1.AttemptsFinished;
import dev.farpool.v1.ExitStatus;
import dev.farpool.v1.Failure;
import dev.farpool.v1.Heartbeat;
import dev.farpool.v1.PoolStatus;
import dev.farpool.v1.TaskOptions;
import dev.farpool.v1.TaskResult;
import dev.farpool.v1.WorkerStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the scheduler counts, and what it says there is. */
class CountersTest {
  private final Fixture cluster = new Fixture();

  @Test
  void aTaskIsCountedOnceOnEachStepOfItsWay() {
    FakeWorker worker = cluster.register("w1", 2);
    cluster.pool("p", 2);
    cluster.follow("p");
    cluster.submit("p", 0, 3);

    cluster.report(worker, worker.finish(1, List.of(0L, 1L)));
    cluster.report(worker, worker.finish(1, List.of(2L)));

    assertEquals(1, count(Count.SESSIONS_OPENED));
    assertEquals(1, count(Count.POOLS_CREATED));
    assertEquals(1, count(Count.WORKERS_REGISTERED));
    assertEquals(3, count(Count.TASKS_SUBMITTED));
    assertEquals(3, count(Count.TASKS_STARTED));
    assertEquals(3, cluster.scheduler.totals().succeeded());
    assertEquals(3, count(Count.RESULTS_DELIVERED));
    assertEquals(0, count(Count.ATTEMPTS_LOST));
  }

  @Test
  void aPoolThatIsCreatedAgainIsOne() {
    cluster.pool("p", 2);
    cluster.pool("p", 2);

    assertEquals(1, count(Count.POOLS_CREATED));
  }

  @Test
  void aBatchThatIsSubmittedAgainCountsOnce() {
    cluster.pool("p", 2);

    cluster.submit("p", 0, 3);
    cluster.submit("p", 0, 3);

    assertEquals(3, count(Count.TASKS_SUBMITTED));
  }

  @Test
  void outcomesAreCountedByTheirKind() {
    FakeWorker worker = cluster.register("w1", 3);
    cluster.pool("p", 3);
    cluster.submit("p", 0, 3);

    AttemptsFinished.Builder finished = AttemptsFinished.newBuilder().setPool(1);
    finished.addResults(failure(0, Failure.Kind.KIND_EXCEPTION));
    finished.addResults(failure(1, Failure.Kind.KIND_TIMEOUT));
    finished.addResults(
        TaskResult.newBuilder().setIndex(2).setExit(ExitStatus.newBuilder().setCode(3)));
    cluster.report(worker, worker.message().addFinished(finished).build());

    Totals totals = cluster.scheduler.totals();
    assertEquals(1, totals.exited());
    assertEquals(1, totals.failed().get(Failure.Kind.KIND_EXCEPTION));
    assertEquals(1, totals.failed().get(Failure.Kind.KIND_TIMEOUT));
    assertEquals(0, totals.failed().get(Failure.Kind.KIND_CANCELLED));
  }

  @Test
  void tasksThatEndTogetherAreAllCounted() {
    cluster.pool("p", 3);
    cluster.submit("p", 0, 1000);

    cluster.scheduler.terminatePool(cluster.now, "p");
    cluster.flush();

    assertEquals(1000, cluster.scheduler.totals().failed().get(Failure.Kind.KIND_POOL_TERMINATED));
  }

  @Test
  void aWorkerThatIsGivenUpIsLostWithItsAttempts() {
    cluster.register("w1", 2);
    cluster.pool("p", 2);
    cluster.submit("p", 0, 2);

    cluster.advance(Duration.ofMinutes(1));

    assertEquals(1, count(Count.WORKERS_LOST));
    assertEquals(2, count(Count.ATTEMPTS_LOST));
  }

  @Test
  void theFirstWaitOfEachTaskIsTold() {
    cluster.pool("p", 2);
    cluster.submit("p", 0, 2);
    cluster.advance(Duration.ofSeconds(3));

    cluster.register("w1", 2);
    cluster.advance(Duration.ofSeconds(20)); // The worker is given up, and its tasks wait again.
    cluster.register("w2", 2);

    Histogram.Times waits = cluster.scheduler.totals().waits();
    assertEquals(4, count(Count.TASKS_STARTED));
    assertEquals(2, Arrays.stream(waits.counts()).sum());
    assertEquals(6e9, waits.sumNanos());
    int bucket = Arrays.binarySearch(waits.boundsNanos(), Duration.ofSeconds(5).toNanos());
    assertEquals(2, waits.counts()[bucket]);
  }

  @Test
  void levelsTellHowFullTheClusterIs() {
    FakeWorker worker = cluster.register("w1", 3);
    cluster.pool("p", 2);
    cluster.submit("p", 0, 5);
    cluster.report(
        worker, worker.message().setHeartbeat(Heartbeat.newBuilder().setExecutors(2)).build());
    cluster.advance(Duration.ofSeconds(2));

    Levels levels = cluster.scheduler.levels(cluster.now);

    assertEquals(Map.of(WorkerStatus.State.STATE_ACTIVE, 1), levels.workforce().workers());
    assertEquals(Map.of(PoolStatus.State.STATE_RUN, 1), levels.workload().pools());
    assertEquals(2, levels.workforce().busySlots());
    assertEquals(1, levels.workforce().freeSlots());
    assertEquals(0, levels.workforce().closedSlots());
    assertEquals(1, levels.workforce().credits());
    assertEquals(2, levels.workforce().executors());
    assertEquals(1, levels.sessions());
    assertEquals(3, levels.workload().waiting());
    assertEquals(2, levels.workload().running());
    assertEquals(Duration.ofSeconds(2).toNanos(), levels.workload().oldestWaitNanos());
    assertEquals(5, levels.heldTasks());
  }

  @Test
  void slotsOfWorkersThatTakeNothingAreClosed() {
    cluster.register("w1", 3);
    cluster.scheduler.drainWorker("w1", "test");
    cluster.pool("p", 2);
    cluster.submit("p", 0, 1, TaskOptions.getDefaultInstance());

    Levels levels = cluster.scheduler.levels(cluster.now);

    assertEquals(Map.of(WorkerStatus.State.STATE_DRAINING, 1), levels.workforce().workers());
    assertEquals(0, levels.workforce().freeSlots());
    assertEquals(3, levels.workforce().closedSlots());
    assertEquals(0, levels.workforce().credits());
  }

  private long count(Count what) {
    return cluster.scheduler.totals().counts().get(what);
  }

  private static TaskResult failure(long index, Failure.Kind kind) {
    return TaskResult.newBuilder()
        .setIndex(index)
        .setFailure(Failure.newBuilder().setKind(kind))
        .build();
  }
}
