package dev.farpool.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.TaskOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  private static List<Byte> bytes(List<Batch> request) {
    List<Byte> bytes = new ArrayList<>();
    for (Batch batch : request) {
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
      assertEquals(Batch.MAX_TASKS, submissions.take().get(0).count());
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
    List<Batch> request = submissions.take();
    assertEquals(0, request.get(0).firstIndex());
    assertEquals(later, submissions.unfinished().take(0));
  }

  @Test
  void aNewCoordinatorGetsWhatIsUnfinishedFromIndexZero() {
    Sink first = add(0);
    add(1);
    Sink third = add(2);
    submissions.take();
    submissions.acknowledge();
    submissions.unfinished().take(1);
    assertEquals(List.of(), submissions.restart(false));
    assertEquals(List.of((byte) 0, (byte) 2), bytes(submissions.take()));
    assertEquals(0, first.index);
    assertEquals(1, third.index);
  }

  @Test
  void whatMustNotRunTwiceIsGivenUpIfItMayHaveStarted() {
    Sink sent = add(0);
    submissions.take();
    Sink unsent = add(1);
    assertEquals(List.of(sent), submissions.restart(true));
    assertEquals(0, unsent.index);
  }

  @Test
  void whatWaitsIsGivenBackAtTheEnd() {
    Sink sent = add(0);
    submissions.take();
    Sink unsent = add(1);
    assertEquals(List.of(sent, unsent), submissions.end());
    assertTrue(submissions.drained());
  }

  /** Any order of sends, breaks, restarts and results: each task has one outcome. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everyTaskHasOneOutcomeWhateverBreaks(long seed) {
    Random random = new Random(seed);
    List<Long> atCoordinator = new ArrayList<>();
    List<List<Batch>> sent = new ArrayList<>();
    int added = 0;
    for (int step = 0; step < 20_000; step++) {
      switch (random.nextInt(20)) {
        case 0 -> {
          submissions.resend();
          sent.clear();
        }
        case 1 -> submissions.flush();
        case 2 -> {
          if (random.nextInt(50) == 0) {
            submissions.restart(false);
            sent.clear();
            atCoordinator.clear();
          }
        }
        case 3, 4, 5, 6 -> {
          List<Batch> request = submissions.take();
          if (request != null) {
            sent.add(request);
            request.forEach(
                batch -> {
                  for (long i = batch.firstIndex(); i < batch.endIndex(); i++) {
                    atCoordinator.add(i);
                  }
                });
          }
        }
        case 7, 8 -> {
          if (!sent.isEmpty()) {
            sent.remove(0);
            submissions.acknowledge();
          }
        }
        case 9, 10, 11, 12 -> {
          if (!atCoordinator.isEmpty()) {
            long index = atCoordinator.remove(random.nextInt(atCoordinator.size()));
            TaskSink sink = submissions.unfinished().take(index);
            if (sink != null) {
              sink.accept(new Outcome.Encoded(new byte[0]));
            }
          }
        }
        default -> add(added++);
      }
    }
    submissions.end().forEach(sink -> sink.accept(new Outcome.Refused(null)));
    assertEquals(added, outcomes.size());
    assertEquals(0, submissions.unfinished().tasks());
  }
}
