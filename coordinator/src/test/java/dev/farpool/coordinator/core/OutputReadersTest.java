package dev.farpool.coordinator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.v1.OutputMode;
import dev.farpool.v1.OutputPiece;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.ReadTaskOutputResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputReadersTest {
  private final Fixture cluster = new Fixture();

  private FakeWorker workerWithTask() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    cluster.submit("p", 0, 1);
    return worker;
  }

  private long read(boolean follow) {
    long call = cluster.newCall();
    cluster.scheduler.insight().readOutput(call, Scope.ALL, "p", 0, follow);
    cluster.flush();
    return call;
  }

  private List<ReadTaskOutputResponse> messages(long call) {
    return cluster.prints.getOrDefault(call, List.of());
  }

  private String text(long call) {
    StringBuilder text = new StringBuilder();
    for (ReadTaskOutputResponse message : messages(call)) {
      for (OutputPiece piece : message.getOutputList()) {
        text.append(piece.getData().toStringUtf8());
      }
    }
    return text.toString();
  }

  private void print(FakeWorker worker, String text) {
    cluster.report(worker, TaskDetailsTest.print(worker, 0, 1, text));
  }

  @Test
  void whatIsKeptComesAtOnceAndIsAll() {
    FakeWorker worker = workerWithTask();
    print(worker, "one\n");

    long call = read(false);

    assertEquals("one\n", text(call));
    assertTrue(cluster.completed.contains(call));
  }

  @Test
  void aFollowerGetsWhatIsPrintedUntilTheTaskHasEnded() {
    FakeWorker worker = workerWithTask();
    print(worker, "one\n");
    long call = read(true);
    print(worker, "two\n");
    assertEquals("one\ntwo\n", text(call));
    assertEquals(List.of(), cluster.completed);

    print(worker, "three\n");
    cluster.report(worker, worker.finishAll());

    assertEquals("one\ntwo\nthree\n", text(call));
    assertTrue(cluster.completed.contains(call));
  }

  @Test
  void aSlowReaderMissesWhatIsNotKeptAndIsToldHowMuch() {
    FakeWorker worker = workerWithTask();
    print(worker, "one\n");
    cluster.clientReady = false;
    long call = read(true);
    for (int i = 0; i < 100; i++) {
      print(worker, "x".repeat(999) + "\n");
    }
    assertEquals("one\n", text(call));

    cluster.clientReady = true;
    cluster.scheduler.insight().outputReady(call);
    cluster.flush();

    OutputPiece next = messages(call).get(1).getOutput(0);
    assertEquals(100_000, next.getDropped() + text(call).length() - "one\n".length());
  }

  @Test
  void whyThereIsNothingIsTold() {
    FakeWorker worker = workerWithTask();

    assertEquals("it has printed nothing yet", messages(read(false)).get(0).getNothing());
    cluster.report(worker, worker.finishAll());
    String ended = messages(read(true)).get(0).getNothing();
    assertTrue(ended.startsWith("it printed nothing"), ended);
  }

  @Test
  void aPoolThatDiscardsItsOutputSaysSo() {
    cluster.pool(
        "p",
        PoolSpec.newBuilder().setProcesses(1).setOutput(OutputMode.OUTPUT_MODE_DISCARD).build());
    cluster.submit("p", 0, 1);

    String nothing = messages(read(false)).get(0).getNothing();

    assertTrue(nothing.contains("throws away"), nothing);
  }

  @Test
  void aFollowerOfAPoolThatGoesIsDone() {
    workerWithTask();
    long call = read(true);

    cluster.scheduler.closeSession(Fixture.SESSION);
    cluster.flush();

    assertTrue(cluster.completed.contains(call));
  }

  @Test
  void tooManyReadersAreRefusedUntilOneGoes() {
    workerWithTask();
    long first = read(true);
    for (int i = 1; i < OutputReaders.MOST; i++) {
      read(true);
    }

    Refusal refusal = assertThrows(Refusal.class, () -> read(true));

    assertEquals(Refusal.Reason.FAILED_PRECONDITION, refusal.reason());
    cluster.scheduler.callEnded(cluster.now, first);
    read(true);
  }
}
