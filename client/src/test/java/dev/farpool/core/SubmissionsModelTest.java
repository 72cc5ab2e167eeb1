package dev.farpool.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.ResumedPool;
import dev.farpool.v1.TaskOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Any order of sends, breaks, refusals, lost coordinators and results, against a model of the
 * coordinator: it takes tasks without gaps, knows what it was told, and every task has its own
 * outcome, once.
 */
class SubmissionsModelTest {
  private static final int STEPS = 20_000;

  private final Submissions submissions = new Submissions(2);
  private final List<PoolFunction> functions = new ArrayList<>();
  private final Map<Integer, Integer> outcomes = new HashMap<>();
  private Coordinator coordinator = new Coordinator(ResumedPool.getDefaultInstance());
  private final Deque<Runnable> answers = new ArrayDeque<>();
  private boolean refusing;
  private Random random;
  private int added;
  private int refused;

  /** What one coordinator knows of the pool. */
  private static final class Coordinator {
    private final Set<PoolFunction> functions = new HashSet<>();
    private final Set<Long> finished = new HashSet<>();
    private final Map<Long, Integer> tasks = new HashMap<>();
    private final long resumedIndex;
    private long nextIndex;

    Coordinator(ResumedPool resumed) {
      resumedIndex = resumed.getNextIndex();
      for (IndexRange range : resumed.getFinishedList()) {
        for (long i = 0; i < range.getCount(); i++) {
          assertTrue(range.getFirst() + i < resumedIndex, "only what was sent can have ended");
          finished.add(range.getFirst() + i);
        }
      }
      passOver();
    }

    private void passOver() {
      while (finished.contains(nextIndex)) {
        nextIndex++;
      }
    }

    void take(Request request) {
      functions.addAll(request.functions());
      for (Batch batch : request.batches()) {
        assertTrue(functions.contains(batch.function()), "a function was never told");
        assertTrue(batch.firstIndex() <= nextIndex, "a gap before " + batch.firstIndex());
        int at = 0;
        for (int i = 0; i < batch.count(); at += batch.size(i), i++) {
          long index = batch.firstIndex() + i;
          if (index >= nextIndex) {
            assertNull(tasks.put(index, number(batch, at)), "taken twice: " + index);
            nextIndex = index + 1;
          }
        }
        passOver();
      }
    }

    private static int number(Batch batch, int at) {
      byte[] bytes = batch.arguments();
      return (bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | bytes[at + 2] & 0xff;
    }
  }

  private record Sink(Map<Integer, Integer> outcomes, int number) implements TaskSink {
    @Override
    public void indexed(long index) {
      // The model knows tasks by their arguments.
    }

    @Override
    public void accept(Outcome outcome) {
      int result = outcome instanceof Outcome.Encoded encoded ? encoded.bytes().length : -1;
      assertNull(outcomes.put(number, result), "one outcome for each task");
    }
  }

  private void add() {
    int number = added++;
    byte[] bytes = {(byte) (number >> 16), (byte) (number >> 8), (byte) number};
    PoolFunction function = functions.get(random.nextInt(functions.size()));
    TaskOptions options =
        TaskOptions.newBuilder().setCores(random.nextInt(20) == 0 ? 2 : 1).build();
    submissions.add(function, options, bytes, 0, bytes.length, new Sink(outcomes, number));
  }

  private void send() {
    Request request = submissions.take();
    if (request == null) {
      return;
    }
    boolean isNew = request.batches().get(0).firstIndex() >= coordinator.nextIndex;
    if (refusing || (isNew && random.nextInt(100) == 0)) {
      refusing = true; // All behind it are refused as well, as there is a gap.
      answers.add(this::refuse);
    } else if (random.nextInt(50) > 0) {
      coordinator.take(request);
      answers.add(submissions::acknowledge);
    } else {
      breakUp(); // It was lost on its way.
    }
  }

  private void breakUp() {
    newConnection();
    submissions.resend();
  }

  private void newConnection() {
    answers.clear();
    refusing = false;
  }

  private void refuse() {
    newConnection();
    if (submissions.rejectable()) {
      List<TaskSink> sinks = submissions.reject();
      refused += sinks.size();
      sinks.forEach(sink -> sink.accept(new Outcome.Refused(null)));
    } else {
      submissions.resend();
    }
  }

  private void loseCoordinator() {
    newConnection();
    for (int i = random.nextInt(2); i >= 0; i--) {
      coordinator = new Coordinator(submissions.resume());
    }
  }

  private void finish() {
    List<Long> ready = new ArrayList<>(coordinator.tasks.keySet());
    if (coordinator.nextIndex >= coordinator.resumedIndex && !ready.isEmpty()) {
      long index = ready.get(random.nextInt(ready.size()));
      int number = coordinator.tasks.remove(index);
      TaskSink sink = submissions.unfinished().take(index);
      assertEquals(number, ((Sink) sink).number(), "the outcome of another task");
      sink.accept(new Outcome.Encoded(new byte[0]));
      assertNull(submissions.unfinished().take(index), "delivered twice");
      submissions.resultsCame();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everyTaskHasItsOwnOutcomeOnceWhateverBreaks(long seed) {
    random = new Random(seed);
    for (int i = 0; i < 3; i++) {
      functions.add(new PoolFunction(FunctionDefinition.newBuilder().setNumber(2 + i).build()));
    }
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(20)) {
        case 0 -> submissions.flush();
        case 1 -> {
          switch (random.nextInt(100)) {
            case 0 -> loseCoordinator();
            case 1, 2, 3, 4 -> breakUp();
            default -> submissions.flush();
          }
        }
        case 2, 3, 4, 5 -> send();
        case 6, 7, 8 -> answer();
        case 9, 10, 11, 12, 13 -> finish();
        default -> add();
      }
    }
    drain();
    assertEquals(added, outcomes.size());
    assertEquals(refused, outcomes.values().stream().filter(result -> result < 0).count());
    assertEquals(0, submissions.unfinished().tasks());
    assertTrue(submissions.drained());
  }

  private void answer() {
    if (!answers.isEmpty()) {
      answers.remove().run();
    }
  }

  private void drain() {
    submissions.flush();
    for (int step = 0; outcomes.size() < added && step < 10 * STEPS; step++) {
      submissions.flush();
      send();
      answer();
      finish();
    }
    while (!answers.isEmpty()) {
      answers.remove().run();
    }
  }
}
