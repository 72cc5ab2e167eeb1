package dev.farpool.coordinator.core;

import static com.google.protobuf.ByteString.copyFromUtf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttemptNotes;
import dev.farpool.v1.AttemptOutput;
import dev.farpool.v1.AttemptsStarted;
import dev.farpool.v1.Failure;
import dev.farpool.v1.JoinPoolResponse;
import dev.farpool.v1.PoolEnded;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.PoolStatus;
import dev.farpool.v1.ResultsResponse;
import dev.farpool.v1.ResumedPool;
import dev.farpool.v1.TaskNote;
import dev.farpool.v1.TaskOutput;
import dev.farpool.v1.TaskStarted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What clients get to see: results, output, joins, explanations. */
class ClientsTest {
  private final Fixture cluster = new Fixture();

  private static AttachRequest print(FakeWorker worker, long index, int attempt, String text) {
    return worker
        .message()
        .addOutput(
            AttemptOutput.newBuilder()
                .setPool(1)
                .setAttempt(attempt)
                .setOutput(
                    TaskOutput.newBuilder().setIndex(index).setData(ByteString.copyFromUtf8(text))))
        .build();
  }

  @Test
  void resultsComeAgainAfterABreakUntilTheyAreAcknowledged() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    cluster.submit("p", 0, 3);
    long first = cluster.follow("p");
    for (int i = 0; i < 3; i++) {
      cluster.report(worker, worker.finishAll());
    }
    List<ResultsResponse> messages = cluster.results.get(first);
    assertEquals(List.of(1L, 2L, 3L), messages.stream().map(ResultsResponse::getCursor).toList());

    long second = cluster.follow("p", 1);

    assertEquals(List.of(first), cluster.superseded);
    assertEquals(List.of(1L, 2L), List.copyOf(cluster.outcomes(second).keySet()));
    cluster.scheduler.acknowledgeResults(cluster.now, "p", 2);
    assertEquals(List.of(2L), List.copyOf(cluster.outcomes(cluster.follow("p", 0)).keySet()));
  }

  @Test
  void aClientThatTakesNoMoreGetsTheRestWhenItDoes() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    long call = cluster.follow("p");
    cluster.submit("p", 0, 2);
    cluster.clientReady = false;
    cluster.report(worker, worker.finishAll());
    cluster.report(worker, worker.finishAll());
    assertEquals(1, cluster.outcomes(call).size());

    cluster.clientReady = true;
    cluster.scheduler.resultsReady(call);
    cluster.flush();

    assertEquals(2, cluster.outcomes(call).size());
  }

  @Test
  void outputComesBeforeTheResultOfItsTaskAlsoWhenNobodyFollowedYet() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    cluster.submit("p", 0, 1);
    cluster.report(worker, print(worker, 0, 1, "hello\n"));
    cluster.report(worker, worker.finishAll());

    long call = cluster.follow("p");

    ResultsResponse message = cluster.results.get(call).get(0);
    assertEquals("hello\n", message.getOutput(0).getData().toStringUtf8());
    assertEquals(1, message.getBlocksCount());
  }

  @Test
  void outputOfASupersededAttemptIsDropped() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    long call = cluster.follow("p");
    cluster.submit("p", 0, 1);

    cluster.report(worker, print(worker, 0, 2, "from nowhere\n"));

    assertEquals(List.of(), cluster.output(call));
  }

  @Test
  void outputThatNobodyReadsIsBoundedAndItsGapIsTold() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    cluster.submit("p", 0, 1);
    String line = "x".repeat(1 << 20) + "\n";
    for (int i = 0; i < 10; i++) {
      cluster.report(worker, print(worker, 0, 1, line));
    }

    List<TaskOutput> output = cluster.output(cluster.follow("p"));

    long bytes = output.stream().mapToLong(piece -> piece.getData().size()).sum();
    assertTrue(bytes <= Prints.MAX_OUTPUT_BYTES, () -> bytes + " bytes");
    assertEquals(10L * line.length(), bytes + output.get(0).getDropped());
  }

  @Test
  void workersAreToldOfPacedOutputWhenItsClientHasTakenIt() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", PoolSpec.newBuilder().setProcesses(1).setPacedOutput(true).build());
    long call = cluster.follow("p");
    cluster.submit("p", 0, 1);
    String piece = "x".repeat(64 * 1024);
    cluster.clientReady = false;
    cluster.report(worker, print(worker, 0, 1, piece));
    cluster.report(worker, print(worker, 0, 1, piece));
    assertEquals(piece.length(), worker.outputTaken());

    cluster.clientReady = true;
    cluster.scheduler.resultsReady(call);
    cluster.flush();

    assertEquals(2L * piece.length(), worker.outputTaken());
  }

  @Test
  void pacedOutputOfASupersededAttemptHoldsUpNobody() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", PoolSpec.newBuilder().setProcesses(1).setPacedOutput(true).build());
    cluster.submit("p", 0, 1);
    String piece = "x".repeat(64 * 1024);

    cluster.report(worker, print(worker, 0, 2, piece));

    assertEquals(piece.length(), worker.outputTaken());
  }

  @Test
  void pacedOutputWaitsForItsClient() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", PoolSpec.newBuilder().setProcesses(1).setPacedOutput(true).build());
    cluster.submit("p", 0, 1);
    String line = "x".repeat(1 << 20);
    for (int i = 0; i < 10; i++) {
      cluster.report(worker, print(worker, 0, 1, line));
    }
    assertEquals(0, worker.outputTaken());

    List<TaskOutput> output = cluster.output(cluster.follow("p"));

    assertEquals(10L << 20, output.stream().mapToLong(piece -> piece.getData().size()).sum());
    assertEquals(10L << 20, worker.outputTaken());
  }

  @Test
  void startsAreToldWhereThePoolAsksForThem() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", PoolSpec.newBuilder().setProcesses(1).setReportStarts(true).build());
    long call = cluster.follow("p");
    cluster.submit("p", 0, 1);
    TaskStarted start = TaskStarted.newBuilder().setAttempt(1).setPid(7).build();

    cluster.report(
        worker,
        worker
            .message()
            .addStarted(AttemptsStarted.newBuilder().setPool(1).addStarts(start))
            .build());

    assertEquals(start, cluster.results.get(call).get(0).getStarted(0));
  }

  @Test
  void notesOfRunningAttemptsReachTheClientAndOthersDoNot() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    long call = cluster.follow("p");
    cluster.submit("p", 0, 1);
    TaskNote note = TaskNote.newBuilder().setAttempt(1).setData(copyFromUtf8("n")).build();
    TaskNote superseded = note.toBuilder().setAttempt(2).build();
    AttemptNotes noted =
        AttemptNotes.newBuilder().setPool(1).addNotes(superseded).addNotes(note).build();

    cluster.report(worker, worker.message().addNotes(noted).build());
    cluster.report(worker, worker.finishAll());
    cluster.report(worker, worker.message().addNotes(noted).build());

    List<TaskNote> told =
        cluster.results.get(call).stream().flatMap(news -> news.getNotesList().stream()).toList();
    assertEquals(List.of(note), told);
  }

  @Test
  void joinOfARunningPoolIsRefused() {
    cluster.pool("p", 1);

    Refusal refusal = assertThrows(Refusal.class, () -> cluster.join("p", Duration.ofSeconds(1)));

    assertEquals("Pool is still running", refusal.getMessage());
    assertEquals(Refusal.Reason.FAILED_PRECONDITION, refusal.reason());
  }

  @Test
  void joinEndsWithThePool() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    cluster.submit("p", 0, 1);
    cluster.scheduler.closePool(cluster.now, "p");
    long join = cluster.join("p", Duration.ofSeconds(10));
    assertEquals(Map.of(), cluster.joined);

    cluster.report(worker, worker.finishAll());

    assertEquals(PoolEnded.How.HOW_CLOSED, cluster.joined.get(join).getEnded().getHow());
    long again = cluster.join("p", Duration.ZERO);
    assertTrue(cluster.joined.get(again).hasEnded());
  }

  @Test
  void joinThatTakesTooLongSaysWhatItWaitsFor() {
    cluster.pool("p", 1);
    cluster.submit("p", 0, 5);
    cluster.scheduler.closePool(cluster.now, "p");
    long join = cluster.join("p", Duration.ofSeconds(1));

    cluster.advance(Duration.ofSeconds(1));

    JoinPoolResponse response = cluster.joined.get(join);
    assertFalse(response.hasEnded());
    assertEquals(5, response.getRemaining());
    assertEquals("5 tasks wait: no worker is connected", response.getExplanation());
  }

  @Test
  void everyWaitHasItsReason() {
    cluster.pool("p", PoolSpec.newBuilder().setProcesses(1).putLabels("gpu", "a").build());
    cluster.submit("p", 0, 4);
    assertEquals("no worker is connected", explain(0));

    cluster.register("w1", 1);
    assertEquals("no worker has label gpu=a", explain(0));
    assertEquals(
        "behind 2 tasks of its pool, of which the first waits: no worker has label gpu=a",
        explain(2));

    FakeWorker worker = cluster.register("w2", 1, Map.of("gpu", "a"));
    assertEquals("worker w2 on host-of-w2 has it", explain(0));
    assertEquals("its pool has reached its limit of 1 process", explain(1));
    cluster.disconnect(worker);
    assertEquals(
        "worker w2 on host-of-w2 has it; it has lost its connection and may come back", explain(0));
  }

  @Test
  void aTaskThatWaitsForSlotsSaysWhichAndForWhom() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("busy", 1);
    cluster.submit("busy", 0, 2);
    cluster.pool("p", 1);
    cluster.submit("p", 0, 1);

    assertEquals(
        "every slot of the workers that could run it is taken, 1 in all; older tasks of 1 other pool"
            + " go first",
        explain(0));
    cluster.scheduler.drainWorker("w1", "");
    cluster.report(worker, worker.finishAll());
    assertEquals("worker w1 drains, and no other could run it", explain(0));
  }

  @Test
  void theStatusSaysOfEachPoolWhatItsOldestTaskWaitsFor() {
    cluster.register("w1", 1);
    cluster.pool("runs", 1);
    cluster.submit("runs", 0, 1);
    cluster.pool("waits", 1);
    cluster.submit("waits", 0, 1);
    cluster.pool("picky", PoolSpec.newBuilder().setProcesses(1).putLabels("gpu", "a").build());
    cluster.submit("picky", 0, 1);
    cluster.pool("last", 1);
    cluster.submit("last", 0, 1);

    String taken = "every slot of the workers that could run it is taken, 1 in all";
    assertEquals(
        List.of(
            "",
            taken,
            "no worker has label gpu=a",
            taken + "; older tasks of 2 other pools go first"),
        cluster.scheduler.status(cluster.now, 0).pools().stream()
            .map(PoolStatus::getWaitingFor)
            .toList());
  }

  private String explain(long index) {
    return cluster.scheduler.explain(cluster.now, "p", index).getExplanation();
  }

  @Test
  void aPoolIsCreatedOnceAndBelongsToOneSession() {
    cluster.pool("p", 1);
    cluster.pool("p", 1);
    assertEquals(1, cluster.scheduler.status(cluster.now, 0).pools().size());
    cluster.scheduler.openSession(cluster.now, "other", "thief", Fixture.OWNER);

    Refusal refusal =
        assertThrows(
            Refusal.class,
            () ->
                cluster.scheduler.createPool(
                    cluster.now,
                    "other",
                    "p",
                    PoolSpec.getDefaultInstance(),
                    ResumedPool.getDefaultInstance()));

    assertEquals(Refusal.Reason.ALREADY_EXISTS, refusal.reason());
  }

  @Test
  void aCallThatFollowsAClosedSessionGetsThePoolsEnd() {
    cluster.pool("p", 1);
    cluster.submit("p", 0, 1);
    long call = cluster.follow("p");

    cluster.scheduler.closeSession(Fixture.SESSION);
    cluster.flush();

    assertEquals(
        Failure.Kind.KIND_POOL_TERMINATED, cluster.outcomes(call).get(0L).getFailure().getKind());
    assertEquals(PoolEnded.How.HOW_TERMINATED, cluster.ended(call));
    assertThrows(Refusal.class, () -> cluster.scheduler.explain(cluster.now, "p", 0));
  }
}
