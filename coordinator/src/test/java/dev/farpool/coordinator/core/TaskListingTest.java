package dev.farpool.coordinator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.v1.CancelMode;
import dev.farpool.v1.ExitStatus;
import dev.farpool.v1.Failure;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.ListTasksResponse;
import dev.farpool.v1.SubmitRequest;
import dev.farpool.v1.TaskOptions;
import dev.farpool.v1.TaskResult;
import dev.farpool.v1.TaskStatus;
import dev.farpool.v1.TaskStatus.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskListingTest {
  private final Fixture cluster = new Fixture();

  private List<String> all(String pool, int pageSize, State... states) {
    List<String> rows = new ArrayList<>();
    String cursor = "";
    do {
      ListTasksResponse page = cluster.tasks(pool, pageSize, cursor, states);
      page.getTasksList().forEach(task -> rows.add(text(task)));
      cursor = page.getNextCursor();
    } while (!cursor.isEmpty());
    return rows;
  }

  private static String text(TaskStatus task) {
    String state = task.getState().name().replace("STATE_", "");
    return task.getPoolId() + "/" + task.getIndex() + "+" + task.getCount() + " " + state;
  }

  /** Two pools; of the first two tasks run, three wait, two have ended. */
  private FakeWorker busyCluster() {
    FakeWorker worker = cluster.register("w1", 3);
    cluster.pool("p", 2);
    cluster.submit("p", 0, 7);
    cluster.report(worker, worker.finish(1, List.of(0L)));
    Failure failure =
        Failure.newBuilder()
            .setKind(Failure.Kind.KIND_EXCEPTION)
            .setClassName("E")
            .setMessage("no")
            .build();
    TaskResult failed = TaskResult.newBuilder().setIndex(1).setFailure(failure).build();
    cluster.report(worker, worker.end(1, failed));
    cluster.pool("q", 1);
    cluster.submit("q", 0, 1);
    return worker;
  }

  @Test
  void whatRunsComesBeforeWhatWaitsBeforeWhatHasEnded() {
    busyCluster();

    assertEquals(
        List.of(
            "p/2+1 RUNNING",
            "p/3+1 RUNNING",
            "q/0+1 RUNNING",
            "p/4+3 WAITING",
            "p/1+1 FAILED",
            "p/0+1 SUCCEEDED"),
        all("", 100));
  }

  @Test
  void pagesOfAnySizeAreTheSameListing() {
    busyCluster();
    List<String> whole = all("", 100);

    for (int pageSize = 1; pageSize <= whole.size(); pageSize++) {
      assertEquals(whole, all("", pageSize));
    }
  }

  @Test
  void onlyTheWantedPoolAndStatesAreListed() {
    busyCluster();

    assertEquals(List.of("p/4+3 WAITING"), all("", 10, State.STATE_WAITING));
    assertEquals(
        List.of("p/1+1 FAILED", "p/0+1 SUCCEEDED"),
        all("p", 10, State.STATE_FAILED, State.STATE_SUCCEEDED));
    assertEquals(List.of("q/0+1 RUNNING"), all("q", 10));
  }

  @Test
  void countsAreOfThePoolWhateverTheStates() {
    busyCluster();

    ListTasksResponse page = cluster.tasks("p", 1, "", State.STATE_FAILED);

    assertEquals(3, page.getWaiting());
    assertEquals(2, page.getRunning());
    assertEquals(3, cluster.tasks("", 1, "").getRunning());
  }

  @Test
  void endedTasksTellWhereAndWhy() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    cluster.submit("p", 0, 1);
    cluster.advance(Duration.ofSeconds(3));
    cluster.report(worker, worker.heartbeat(1_000_000_000));
    cluster.advance(Duration.ofSeconds(1));
    ExitStatus exit = ExitStatus.newBuilder().setCode(3).build();
    cluster.report(
        worker, worker.end(1, TaskResult.newBuilder().setIndex(0).setExit(exit).build()));

    TaskStatus task = cluster.tasks("p", 10, "").getTasks(0);

    assertEquals(State.STATE_FAILED, task.getState());
    assertEquals("its process exited with code 3", task.getMessage());
    assertEquals(3, task.getExit().getCode());
    assertEquals("w1", task.getWorker());
    assertEquals("host-of-w1", task.getHost());
    assertEquals(1000, task.getPid());
    assertEquals(1, task.getAttempt());
    assertEquals(1, task.getQueuedAt().getSeconds());
    assertEquals(3, task.getStartedAt().getSeconds());
    assertEquals(5, task.getEndedAt().getSeconds());
    assertEquals(2, task.getRan().getSeconds());
  }

  @Test
  void runningTasksTellSinceWhenOnceTheirWorkerDoes() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    cluster.submit("p", 0, 1);
    assertFalse(cluster.tasks("p", 10, "").getTasks(0).hasStartedAt());

    cluster.report(worker, worker.heartbeat(500_000_000));
    cluster.advance(Duration.ofSeconds(1));

    TaskStatus task = cluster.tasks("p", 10, "").getTasks(0);
    assertEquals(1000, task.getPid());
    assertEquals(1, task.getRan().getSeconds());
    assertEquals(500_000_000, task.getRan().getNanos());
  }

  @Test
  void tasksThatAreCancelledTogetherAreOneRow() {
    busyCluster();

    cluster.scheduler.cancel(
        cluster.now,
        "p",
        List.of(IndexRange.newBuilder().setFirst(4).setCount(3).build()),
        CancelMode.CANCEL_MODE_QUEUED_ONLY);
    cluster.flush();

    assertEquals(List.of("p/4+3 CANCELLED"), all("p", 10, State.STATE_CANCELLED));
  }

  @Test
  void waitingTasksOfManyBatchesAreOneRowAndReturnedOnesAnother() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    for (int index = 0; index < 10; index++) {
      cluster.submit("p", index, 1);
    }
    Failure died = Failure.newBuilder().setKind(Failure.Kind.KIND_PROCESS_DIED).build();
    cluster.report(
        worker, worker.end(1, TaskResult.newBuilder().setIndex(0).setFailure(died).build()));
    cluster.scheduler.drainWorker("w1", "");
    cluster.report(worker, worker.giveBack(1, List.of(0L)));

    assertEquals(List.of("p/0+1 WAITING", "p/1+9 WAITING"), all("p", 10));
    assertEquals(1, cluster.tasks("p", 1, "").getTasks(0).getAttempt());
  }

  @Test
  void aPoolThatIsGoneIsListedAsLongAsSomethingIsKeptOfIt() {
    busyCluster();
    cluster.scheduler.closeSession(Fixture.SESSION);
    cluster.flush();

    assertTrue(all("p", 10).contains("p/0+1 SUCCEEDED"));
    Refusal refusal = assertThrows(Refusal.class, () -> cluster.tasks("r", 10, ""));
    assertEquals(Refusal.Reason.NOT_FOUND, refusal.reason());
  }

  @Test
  void tasksThatAreToBeSubmittedAgainWait() {
    cluster.resume("p", 1, 10, 2, 3);

    assertEquals(List.of("p/0+2 WAITING", "p/5+5 WAITING"), all("p", 1));
  }

  @Test
  void aPageThatHadToLookAtMuchGoesOnAtTheNext() {
    FakeWorker worker = cluster.register("w1", 1);
    cluster.pool("p", 1);
    int tasks = TaskPage.MOST_LOOKS + 10;
    cluster.scheduler.submit(
        cluster.now,
        0,
        SubmitRequest.newBuilder()
            .setPoolId("p")
            .addFunctions(Fixture.function())
            .addBatches(Fixture.batch(0, tasks, TaskOptions.getDefaultInstance()))
            .build(),
        Placement.IN_MESSAGE);
    cluster.scheduler.flush(cluster.now);
    assertEquals(List.of(0L), worker.indexes());

    ListTasksResponse first = cluster.tasks("p", 10, "");

    assertFalse(first.getNextCursor().isEmpty());
    assertEquals(1, first.getTasksCount());
    long waiting = 0;
    for (String row : all("p", 10, State.STATE_WAITING)) {
      waiting += Long.parseLong(row.replaceAll(".*\\+(\\d+) WAITING", "$1"));
    }
    assertEquals(tasks - 1, waiting);
  }

  @Test
  void aCursorIsReadAsItWasWritten() {
    TaskCursor cursor = new TaskCursor(TaskCursor.Section.WAITING, 3, 17);

    assertEquals(cursor, TaskCursor.parse(cursor.toString()));
    for (String wrong : List.of("", "x", "WAITING-1", "WAITING-1-2-3", "WAITING--1-2", "A-1-2")) {
      assertNull(TaskCursor.parse(wrong), wrong);
    }
  }
}
