package dev.farpool.worker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.farpool.executor.frame.TaskKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunQueueTest {
  private final RunQueue queue = new RunQueue();
  private final InFlight inFlight = new InFlight(0);

  private static TaskRun tasks(long first, int count, int size) {
    int[] offsets = new int[count + 1];
    for (int i = 1; i <= count; i++) {
      offsets[i] = i * size;
    }
    ByteString bodies = ByteString.copyFrom(new byte[count * size]);
    return new Batch(first, 1, TaskKind.CALL, 1, offsets, bodies, 0, 1, false, null).whole();
  }

  private static String text(List<TaskRun> runs) {
    StringBuilder text = new StringBuilder();
    for (TaskRun run : runs) {
      text.append(run.firstIndex()).append('+').append(run.count()).append(' ');
    }
    return text.toString().strip();
  }

  @Test
  void lowestIndexGoesFirstWhateverCameFirst() {
    queue.add(tasks(10, 5, 0));
    queue.add(tasks(0, 3, 0));

    assertEquals("0+2", text(List.of(queue.take(2, 100))));
    assertEquals("2+1", text(List.of(queue.take(9, 100))));
    assertEquals("10+5", text(List.of(queue.take(9, 100))));
    assertTrue(queue.isEmpty());
  }

  @Test
  void atLeastOneIsTakenAndNoMoreBytesThanAsked() {
    queue.add(tasks(0, 5, 40));

    assertEquals(2, queue.take(5, 100).count());
    assertEquals(1, queue.take(5, 10).count());
    assertEquals(2, queue.count());
  }

  @Test
  void indexesAreRemovedFromTheMiddleOfRuns() {
    queue.add(tasks(0, 5, 1));
    queue.add(tasks(5, 5, 1));
    queue.add(tasks(20, 5, 1));

    assertEquals("3+2 5+3", text(queue.remove(3, 8)));
    assertEquals("", text(queue.remove(10, 20)));
    assertEquals("0+3 8+2 20+5", text(queue.removeAll()));
    assertEquals(0, queue.count());
  }

  @Test
  void whatIsInFlightEndsInItsOrderAndIsCutFromItsEnd() {
    inFlight.add(tasks(0, 3, 1));
    inFlight.add(tasks(7, 3, 1));

    assertEquals("0+3 7+1", text(inFlight.complete(4)));
    assertEquals(4, inFlight.done());
    assertEquals(8, inFlight.head().firstIndex());
    assertEquals("9+1", text(inFlight.cut(5)));
    assertTrue(inFlight.hasGap());
    inFlight.complete(1);
    assertEquals(6, inFlight.done());
    assertEquals(6, inFlight.sent());
  }
}
