package dev.farpool.coordinator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.protobuf.DurationOrBuilder;
import dev.farpool.v1.ActivityInterval;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.Failure;
import dev.farpool.v1.GetActivityResponse;
import dev.farpool.v1.TaskResult;
import dev.farpool.v1.TaskStatus;
import dev.farpool.v1.WorkerActivity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActivityReportTest {
  private static final long SECOND = 1_000_000_000;

  private final Fixture cluster = new Fixture();

  private GetActivityResponse activity() {
    return cluster.scheduler.insight().activity(0, cluster.wall()).build();
  }

  private ActivityInterval only() {
    GetActivityResponse activity = activity();
    assertEquals(1, activity.getIntervalsCount());
    return activity.getIntervals(0);
  }

  /** The same message, saying how long its tasks ran together. */
  private static AttachRequest ran(AttachRequest message, long nanos) {
    AttachRequest.Builder timed = message.toBuilder();
    timed.getFinishedBuilder(0).setRanNanos(nanos);
    return timed.build();
  }

  private static double seconds(DurationOrBuilder span) {
    return span.getSeconds() + span.getNanos() / 1e9;
  }

  @Test
  void startsEndingsAndLossesAreCounted() {
    FakeWorker worker = cluster.register("w1", 2);
    cluster.pool("p", 2);
    cluster.submit("p", 0, 5);
    cluster.report(worker, worker.finish(1, List.of(0L)));
    Failure died = Failure.newBuilder().setKind(Failure.Kind.KIND_PROCESS_DIED).build();
    cluster.report(
        worker, worker.end(1, TaskResult.newBuilder().setIndex(1).setFailure(died).build()));
    Failure thrown = Failure.newBuilder().setKind(Failure.Kind.KIND_EXCEPTION).build();
    cluster.report(
        worker, worker.end(1, TaskResult.newBuilder().setIndex(1).setFailure(thrown).build()));

    ActivityInterval interval = only();

    assertEquals(5, interval.getStarted());
    assertEquals(1, interval.getSucceeded());
    assertEquals(1, interval.getFailed());
    assertEquals(1, interval.getLost());
    assertEquals(1, interval.getWaiting());
    assertEquals(2, interval.getRunning());
    assertEquals(2, interval.getBusy());
    assertEquals(2, interval.getCores());
  }

  @Test
  void everyTaskOfATerminatedPoolFails() {
    cluster.pool("p", 2);
    cluster.submit("p", 0, 5);

    cluster.scheduler.terminatePool(cluster.now, "p");
    cluster.flush();

    assertEquals(5, only().getFailed());
    assertEquals(0, only().getWaiting());
  }

  @Test
  void waitsAreFromTheSubmissionToTheFirstHandingOut() {
    cluster.pool("p", 2);
    cluster.submit("p", 0, 1);
    assertFalse(only().hasWaitP50());
    cluster.advance(Duration.ofSeconds(4));

    FakeWorker worker = cluster.register("w1", 1);
    assertEquals(4, seconds(only().getWaitP50()), 0.3);
    cluster.advance(Duration.ofSeconds(4));
    Failure died = Failure.newBuilder().setKind(Failure.Kind.KIND_PROCESS_DIED).build();
    cluster.report(
        worker, worker.end(1, TaskResult.newBuilder().setIndex(0).setFailure(died).build()));

    assertEquals(4, seconds(only().getWaitP99()), 0.3);
  }

  @Test
  void runTimesAreTheMeanOfWhatWasReportedTogether() {
    FakeWorker worker = cluster.register("w1", 4);
    cluster.pool("p", 4);
    cluster.submit("p", 0, 4);

    cluster.report(worker, ran(worker.finish(1, List.of(0L, 1L, 2L)), 6 * SECOND));
    assertEquals(2, seconds(only().getRunP99()), 0.15);
    cluster.report(worker, ran(worker.finish(1, List.of(3L)), 9 * SECOND));

    assertEquals(2, seconds(only().getRunP50()), 0.15);
    assertEquals(9, seconds(only().getRunP99()), 0.6);
  }

  @Test
  void anIntervalIsClosedWithWhatThereIsThen() {
    cluster.pool("p", 1);
    cluster.submit("p", 0, 3);
    cluster.advance(Duration.ofSeconds(10));

    cluster.scheduler.terminatePool(cluster.now, "p");
    cluster.flush();

    GetActivityResponse activity = activity();
    assertEquals(2, activity.getIntervalsCount());
    assertEquals(3, activity.getIntervals(0).getWaiting());
    assertEquals(0, activity.getIntervals(1).getWaiting());
  }

  @Test
  void aWorkerShowsWhatItsSlotsDo() {
    FakeWorker worker = cluster.register("w1", 3);
    cluster.pool("p", 2);
    cluster.submit("p", 0, 3);
    cluster.report(worker, worker.heartbeat(2 * SECOND));
    cluster.advance(Duration.ofSeconds(1));

    WorkerActivity before = activity().getWorkers(0);
    cluster.report(worker, ran(worker.finish(1, List.of(0L)), 3 * SECOND));
    WorkerActivity after = activity().getWorkers(0);

    assertEquals("w1", before.getWorker());
    assertEquals(3, before.getCores());
    assertEquals(2, before.getBusy());
    assertEquals(2, before.getPools(0).getSlots());
    assertEquals(
        List.of(0L, 1L), before.getRunningList().stream().map(TaskStatus::getIndex).toList());
    assertEquals(3, before.getRunning(0).getRan().getSeconds());
    assertEquals(List.of(1L), after.getRunningList().stream().map(TaskStatus::getIndex).toList());
    TaskStatus span = after.getRecent(0);
    assertEquals(0, span.getIndex());
    assertEquals(3, span.getEndedAt().getSeconds() - span.getStartedAt().getSeconds());
  }

  @Test
  void whatAWorkerSaysOfTasksItDoesNotHaveIsPassedOver() {
    FakeWorker liar = cluster.register("w1", 1);
    FakeWorker worker = cluster.register("w2", 1);
    cluster.pool("p", 1);
    cluster.submit("p", 0, 1);
    FakeWorker holder = liar.indexes().isEmpty() ? worker : liar;
    FakeWorker other = holder == liar ? worker : liar;
    other.held(1).put(0L, 1);

    cluster.report(other, other.heartbeat(SECOND));

    for (WorkerActivity activity : activity().getWorkersList()) {
      assertEquals(0, activity.getRunningCount());
    }
  }

  @Test
  void aFloodOfShortTasksIsCountedAndOnlySampled() {
    FakeWorker worker = cluster.register("w1", 100);
    cluster.pool("p", 100);
    for (int round = 0; round < 20; round++) {
      cluster.submit("p", round * 100L, 100);
      cluster.report(worker, worker.finishAll());
    }

    assertEquals(2000, only().getSucceeded());
    int kept = cluster.tasks("p", 1000, "", TaskStatus.State.STATE_SUCCEEDED).getTasksCount();
    assertEquals(10, kept);
  }
}
