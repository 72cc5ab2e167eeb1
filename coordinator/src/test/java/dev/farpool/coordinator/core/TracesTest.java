package dev.farpool.coordinator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.common.trace.TraceContexts;
import dev.farpool.v1.CancelMode;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.SubmitRequest;
import dev.farpool.v1.TaskBatch;
import dev.farpool.v1.TaskOptions;
import dev.farpool.v1.TraceContext;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TracesTest {
  private static final TraceContext SAMPLED = context("01");

  private final Fixture cluster = new Fixture();

  private static TraceContext context(String flags) {
    return TraceContext.newBuilder()
        .setTraceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-" + flags)
        .setTracestate("rojo=1")
        .build();
  }

  private void submit(long first, int count, TaskOptions options, TraceContext trace) {
    SubmitRequest request =
        SubmitRequest.newBuilder()
            .setPoolId("p")
            .addFunctions(Fixture.function())
            .addBatches(Fixture.batch(first, count, options).toBuilder().setTrace(trace))
            .build();
    cluster.scheduler.submit(cluster.now, 0, request, Placement.IN_MESSAGE);
    cluster.flush();
  }

  private void submit(int count) {
    submit(0, count, TaskOptions.getDefaultInstance(), SAMPLED);
  }

  private static List<TaskBatch> started(FakeWorker worker) {
    return worker.received.stream()
        .flatMap(message -> message.getStartList().stream())
        .map(start -> start.getBatch())
        .toList();
  }

  @Test
  void aTaskThatSucceedsHasWaitedAndWasTriedOnce() {
    cluster.pool("p", 1);
    submit(1);
    cluster.advance(Duration.ofMillis(20));
    FakeWorker worker = cluster.register("w1", 1);
    assertEquals(List.of("WAIT 0#1 20 ms"), cluster.spans.take());

    cluster.advance(Duration.ofMillis(5));
    cluster.report(worker, worker.finishAll());

    TaskSpan attempt = cluster.spans.ended.get(0);
    assertEquals(List.of("ATTEMPT 0#1 at w1 5 ms"), cluster.spans.take());
    assertEquals(SAMPLED, attempt.parent());
    assertEquals("host-of-w1", attempt.host());
    assertEquals(
        List.of(TraceContexts.withSpan(SAMPLED, attempt.id())),
        started(worker).stream().map(TaskBatch::getTrace).toList());
  }

  @Test
  void tasksWithSpansOfTheirOwnGoOneByOne() {
    FakeWorker worker = cluster.register("w1", 3);
    cluster.pool("p", 3);

    submit(3);

    assertEquals(3, started(worker).stream().map(batch -> batch.getTrace()).distinct().count());
    assertTrue(started(worker).stream().allMatch(batch -> batch.getJava().getSizesCount() == 1));
  }

  @Test
  void anAttemptThatIsLostIsFollowedByAnother() {
    cluster.pool("p", 1);
    FakeWorker lost = cluster.register("w1", 1);
    submit(1);
    cluster.disconnect(lost);
    cluster.advance(Duration.ofMinutes(1));
    FakeWorker worker = cluster.register("w2", 1);
    cluster.report(worker, worker.finishAll());

    assertEquals(
        List.of(
            "WAIT 0#1 0 ms",
            "ATTEMPT 0#1 at w1 60000 ms KIND_WORKER_LOST",
            "WAIT 0#2 0 ms",
            "ATTEMPT 0#2 at w2 0 ms"),
        cluster.spans.take());
  }

  @Test
  void whatComesBackWithoutHavingBegunIsNoFailure() {
    cluster.pool("p", 1);
    FakeWorker worker = cluster.register("w1", 1);
    submit(1);
    cluster.report(worker, worker.giveBack(1, List.of(0L)));

    assertEquals(
        List.of("WAIT 0#1 0 ms", "ATTEMPT 0#1 at w1 0 ms returned", "WAIT 0#1 0 ms"),
        cluster.spans.take());
  }

  @Test
  void whatIsCancelledEndsWhereItIs() {
    cluster.pool("p", 1);
    cluster.register("w1", 1);
    submit(2);
    cluster.spans.take();

    cluster.scheduler.cancel(
        cluster.now,
        "p",
        List.of(IndexRange.newBuilder().setFirst(0).setCount(2).build()),
        CancelMode.CANCEL_MODE_KILL);

    assertEquals(
        List.of("ATTEMPT 0#1 at w1 0 ms KIND_CANCELLED", "WAIT 1#1 0 ms KIND_CANCELLED"),
        cluster.spans.take());
  }

  @Test
  void aPoolThatIsTerminatedEndsAllItsSpans() {
    cluster.pool("p", 1);
    FakeWorker worker = cluster.register("w1", 1);
    submit(2);
    cluster.spans.take();

    cluster.scheduler.terminatePool(cluster.now, "p");
    cluster.report(worker, worker.finishAll());

    assertEquals(
        List.of(
            "ATTEMPT 0#1 at w1 0 ms KIND_POOL_TERMINATED", "WAIT 1#1 0 ms KIND_POOL_TERMINATED"),
        cluster.spans.take());
  }

  @Test
  void aTaskThatNeverStartsInTimeHasOnlyWaited() {
    cluster.pool("p", 1);
    TaskOptions impatient =
        TaskOptions.newBuilder()
            .setQueueTimeout(com.google.protobuf.Duration.newBuilder().setSeconds(1))
            .build();
    submit(0, 1, impatient, SAMPLED);

    cluster.advance(Duration.ofSeconds(2));

    assertEquals(List.of("WAIT 0#1 2000 ms KIND_QUEUE_TIMEOUT"), cluster.spans.take());
  }

  @Test
  void whatIsNotSampledIsHandedOnInOnePiece() {
    FakeWorker worker = cluster.register("w1", 2);
    cluster.pool("p", 2);

    submit(0, 2, TaskOptions.getDefaultInstance(), context("00"));
    cluster.report(worker, worker.finishAll());

    assertEquals(List.of(), cluster.spans.take());
    assertEquals(context("00"), started(worker).get(0).getTrace());
  }

  @Test
  void whatIsNoTraceIsDropped() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);

    submit(
        0,
        1,
        TaskOptions.getDefaultInstance(),
        TraceContext.newBuilder().setTraceparent("\u0000".repeat(1000)).build());

    assertEquals(List.of(), cluster.spans.take());
    assertFalse(started(worker).get(0).hasTrace());
  }

  @Test
  void anAttemptThatBeganAtALostCoordinatorIsNotTold() {
    cluster.pool("p", 1);
    FakeWorker worker = cluster.register("w1", 1);
    submit(1);
    cluster.spans.take();

    cluster.restart();
    cluster.resume("p", 1, 1);
    submit(1);
    cluster.attach(worker);
    cluster.report(worker, worker.finishAll());

    assertEquals(List.of(), cluster.spans.take());
    assertEquals(0, cluster.scheduler.levels(cluster.now).heldTasks());
  }
}
