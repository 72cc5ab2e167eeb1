package dev.farpool.coordinator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttemptOutput;
import dev.farpool.v1.AttemptStatus;
import dev.farpool.v1.Failure;
import dev.farpool.v1.GetTaskResponse;
import dev.farpool.v1.TaskOutput;
import dev.farpool.v1.TaskResult;
import dev.farpool.v1.TaskStatus.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskDetailsTest {
  private final Fixture cluster = new Fixture();

  private GetTaskResponse task(long index) {
    return cluster.scheduler.insight().task(Scope.ALL, "p", index, cluster.wall());
  }

  private void die(FakeWorker worker) {
    Failure died =
        Failure.newBuilder()
            .setKind(Failure.Kind.KIND_PROCESS_DIED)
            .setMessage("killed")
            .setPid(42)
            .build();
    cluster.report(
        worker, worker.end(1, TaskResult.newBuilder().setIndex(0).setFailure(died).build()));
  }

  static AttachRequest print(FakeWorker worker, long index, int attempt, String text) {
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
  void aWaitingTaskIsExplained() {
    cluster.pool("p", 1);
    cluster.submit("p", 0, 2);

    assertEquals(State.STATE_WAITING, task(0).getTask().getState());
    assertEquals("no worker is connected", task(0).getExplanation());
    assertTrue(task(1).getExplanation().startsWith("behind 1 task"), task(1).getExplanation());
    assertEquals(List.of(), task(1).getAttemptsList());
  }

  @Test
  void everyAttemptIsToldWithItsEnding() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    cluster.submit("p", 0, 1);
    die(worker);

    List<AttemptStatus> running = task(0).getAttemptsList();
    assertEquals(List.of(1, 2), running.stream().map(AttemptStatus::getAttempt).toList());
    assertEquals("killed", running.get(0).getMessage());
    assertEquals(42, running.get(0).getPid());
    assertEquals(Failure.Kind.KIND_PROCESS_DIED, running.get(0).getFailureKind());
    assertEquals("", running.get(1).getMessage());

    cluster.report(worker, worker.finishAll());

    GetTaskResponse ended = task(0);
    assertEquals("succeeded", ended.getAttempts(1).getMessage());
    assertEquals("it succeeded on worker w1", ended.getExplanation());
  }

  @Test
  void aTaskThatIsLostForGoodHasEachAttemptOnce() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    cluster.submit("p", 0, 1);
    for (int i = 0; i < 3; i++) {
      die(worker);
    }

    GetTaskResponse ended = task(0);

    assertEquals(3, ended.getAttemptsCount());
    assertEquals(State.STATE_FAILED, ended.getTask().getState());
    assertEquals(3, ended.getTask().getAttempt());
    assertEquals("it failed on worker w1: killed", ended.getExplanation());
  }

  @Test
  void whatItPrintedComesWithItAlsoWhenItsPoolIsGone() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    cluster.submit("p", 0, 1);
    cluster.report(worker, print(worker, 0, 1, "hello\n"));
    cluster.report(worker, worker.finishAll());
    cluster.scheduler.closeSession(Fixture.SESSION);
    cluster.flush();

    GetTaskResponse task = task(0);

    assertEquals("hello\n", task.getOutput(0).getData().toStringUtf8());
    assertEquals(State.STATE_SUCCEEDED, task.getTask().getState());
  }

  @Test
  void anEndedTaskOfWhichNothingIsKeptSaysSo() {
    FakeWorker worker = cluster.register("w1", 20);
    cluster.pool("p", 20);
    cluster.submit("p", 0, 20);
    cluster.report(worker, worker.finishAll());

    GetTaskResponse task = task(19);

    assertEquals(State.STATE_ENDED, task.getTask().getState());
    assertEquals(19, task.getTask().getIndex());
    assertTrue(task.getExplanation().contains("nothing is kept"), task.getExplanation());
  }

  @Test
  void whatNobodyKnowsIsRefused() {
    cluster.pool("p", 1);

    Refusal noTask = assertThrows(Refusal.class, () -> task(0));
    assertEquals(Refusal.Reason.INVALID_ARGUMENT, noTask.reason());
    cluster.scheduler.closeSession(Fixture.SESSION);
    cluster.flush();
    Refusal noPool = assertThrows(Refusal.class, () -> task(0));
    assertEquals(Refusal.Reason.NOT_FOUND, noPool.reason());
  }
}
