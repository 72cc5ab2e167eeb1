package dev.farpool.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.ResumedPool;
import dev.farpool.v1.TaskOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubmissionsTest {
  private static final TaskOptions NONE = TaskOptions.getDefaultInstance();
  private final PoolFunction function =
      new PoolFunction(FunctionDefinition.newBuilder().setNumber(2).build());
  private final Submissions submissions = new Submissions(2);
  private final Map<Sink, Outcome> outcomes = new HashMap<>();

  private final class Sink implements TaskSink {
    long index;

    @Override
    public void indexed(long index) {
      this.index = index;
    }

    @Override
    public void accept(Outcome outcome) {
      assertNull(outcomes.put(this, outcome), "one outcome for each task");
    }
  }

  private Sink add(int number) {
    return add(number, NONE);
  }

  private Sink add(int number, TaskOptions options) {
    Sink sink = new Sink();
    submissions.add(function, options, new byte[] {(byte) number}, 0, 1, sink);
    return sink;
  }

  private static List<Byte> bytes(Request request) {
    List<Byte> bytes = new ArrayList<>();
    for (Batch batch : request.batches()) {
      for (int i = 0; i < batch.length(); i++) {
        bytes.add(batch.arguments()[i]);
      }
    }
    return bytes;
  }

  @Test
  void theFirstTaskGoesAtOnceAndTheNextOnesGatherBehindIt() {
    add(0);
    assertTrue(submissions.ready());
    assertEquals(List.of((byte) 0), bytes(submissions.take()));
    add(1);
    add(2);
    assertFalse(submissions.ready());
    submissions.acknowledge();
    assertEquals(List.of((byte) 1, (byte) 2), bytes(submissions.take()));
  }

  @Test
  void withManyTasksThereAlreadyASingleOneWaitsForCompanyUnlessFlushed() {
    for (int i = 0; i < 300; i++) {
      add(i);
    }
    submissions.take();
    submissions.acknowledge();
    add(1);
    assertFalse(submissions.ready());
    assertTrue(submissions.gathers());
    submissions.flush();
    assertNotNull(submissions.take());
  }

  @Test
  void noMoreThanFourRequestsAreOnTheirWay() {
    for (int i = 0; i < 10 * Batch.MAX_TASKS; i++) {
      add(i);
    }
    for (int i = 0; i < Submissions.MAX_IN_FLIGHT; i++) {
      assertEquals(Batch.MAX_TASKS, submissions.take().batches().get(0).count());
    }
    assertNull(submissions.take());
    submissions.acknowledge();
    assertNotNull(submissions.take());
  }

  @Test
  void tasksWithOtherOptionsGoInARequestOfTheirOwn() {
    add(0);
    add(1, TaskOptions.newBuilder().setCores(2).build());
    submissions.flush();
    assertEquals(List.of((byte) 0), bytes(submissions.take()));
    assertEquals(List.of((byte) 1), bytes(submissions.take()));
  }

  @Test
  void afterABreakTheSameTasksGoAgainInOrder() {
    add(0);
    submissions.take();
    add(1);
    submissions.flush();
    submissions.take();
    submissions.resend();
    assertEquals(List.of((byte) 0, (byte) 1), bytes(submissions.take()));
  }

  @Test
  void aResultThatComesTwiceIsTakenOnce() {
    Sink sink = add(0);
    submissions.take();
    assertEquals(sink, submissions.unfinished().take(0));
    assertNull(submissions.unfinished().take(0));
    assertNull(submissions.unfinished().take(7));
    submissions.acknowledge();
    assertEquals(0, submissions.unfinished().tasks());
  }

  @Test
  void refusedTasksLeaveAndLaterOnesMoveUp() {
    Sink refused = add(0);
    submissions.take();
    Sink later = add(1);
    assertEquals(List.of(refused), submissions.reject());
    assertEquals(0, later.index);
    Request request = submissions.take();
    assertEquals(0, request.batches().get(0).firstIndex());
    assertEquals(later, submissions.unfinished().take(0));
  }

  @Test
  void aNewCoordinatorGetsWhatIsUnfinishedWithItsOldIndexes() {
    for (int i = 0; i < 5; i++) {
      add(i);
    }
    submissions.take();
    submissions.acknowledge();
    Sink unsent = add(5);
    submissions.unfinished().take(0);
    submissions.unfinished().take(2);
    ResumedPool resumed = submissions.resume();
    assertEquals(5, resumed.getNextIndex());
    assertEquals(List.of(range(0, 1), range(2, 1)), resumed.getFinishedList());
    Request request = submissions.take();
    assertEquals(List.of((byte) 1, (byte) 3, (byte) 4, (byte) 5), bytes(request));
    assertEquals(List.of(1L, 3L, 5L), request.batches().stream().map(Batch::firstIndex).toList());
    assertEquals(5, unsent.index);
    assertEquals(unsent, submissions.unfinished().take(5));
  }

  private static IndexRange range(long first, long count) {
    return IndexRange.newBuilder().setFirst(first).setCount(count).build();
  }

  @Test
  void aPoolWithoutUnfinishedTasksGoesOnBehindThem() {
    add(0);
    submissions.take();
    submissions.acknowledge();
    submissions.unfinished().take(0);
    ResumedPool resumed = submissions.resume();
    assertEquals(List.of(range(0, 1)), resumed.getFinishedList());
    assertTrue(submissions.drained());
    assertEquals(1, add(1).index);
  }

  @Test
  void aNewCoordinatorIsToldOfFunctionsAnew() {
    add(0);
    assertEquals(List.of(function), submissions.take().functions());
    submissions.acknowledge();
    submissions.unfinished().take(0);
    add(1);
    assertEquals(List.of(), submissions.take().functions());
    submissions.acknowledge();
    submissions.unfinished().take(1);
    submissions.resume();
    add(2);
    assertEquals(List.of(function), submissions.take().functions());
  }

  @Test
  void anUnacknowledgedFunctionIsToldAgainOnTheNextConnection() {
    add(0);
    submissions.take();
    submissions.resend();
    assertEquals(List.of(function), submissions.take().functions());
  }

  @Test
  void whatALostCoordinatorMayHaveKnownKeepsItsIndex() {
    add(0);
    submissions.take();
    assertTrue(submissions.rejectable());
    submissions.resume();
    submissions.take();
    assertFalse(submissions.rejectable());
  }

  @Test
  void whatWaitsIsGivenBackAtTheEnd() {
    Sink sent = add(0);
    submissions.take();
    Sink unsent = add(1);
    assertEquals(List.of(sent, unsent), submissions.end());
    assertTrue(submissions.drained());
  }
}
