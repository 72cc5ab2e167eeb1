package dev.farpool.worker.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The tasks an executor was given and has not answered, in the order in which it gets to them.
 * Their sequence numbers follow one another from {@link #done}; the first of them runs.
 *
 * <p>The numbers of tasks that were taken back are used up: until those before them have ended
 * there is a gap, and nothing can be added.
 */
final class InFlight {
  private final Deque<TaskRun> runs = new ArrayDeque<>();
  private long done;
  private long sent;
  private int count;

  /**
   * @param first the sequence of the first task
   */
  InFlight(long first) {
    this.done = first;
    this.sent = first;
  }

  boolean isEmpty() {
    return count == 0;
  }

  int count() {
    return count;
  }

  /** The sequence of the first task. */
  long done() {
    return done;
  }

  /** The sequence that the next task will have. */
  long sent() {
    return sent;
  }

  boolean hasGap() {
    return sent != done + count;
  }

  void add(TaskRun run) {
    runs.addLast(run);
    count += run.count();
    sent += run.count();
  }

  /** The task that runs, as a run of one. */
  TaskRun head() {
    return runs.getFirst().head(1);
  }

  /** The batch of the task that runs. */
  Batch headBatch() {
    return runs.getFirst().batch();
  }

  /** Takes the first tasks, which have ended; in pieces of one batch each. */
  List<TaskRun> complete(int ended) {
    List<TaskRun> completed = new ArrayList<>();
    for (int left = ended; left > 0; ) {
      TaskRun first = runs.removeFirst();
      int taken = Math.min(left, first.count());
      completed.add(first.head(taken));
      if (taken < first.count()) {
        runs.addFirst(first.tail(taken));
      }
      left -= taken;
    }
    done += ended;
    count -= ended;
    closeGap();
    return completed;
  }

  /** Takes the last tasks, from a sequence on. */
  List<TaskRun> cut(long sequence) {
    List<TaskRun> removed = new ArrayList<>();
    int left = (int) Math.max(0, Math.min(count, done + count - sequence));
    while (left > 0) {
      TaskRun last = runs.removeLast();
      int taken = Math.min(left, last.count());
      removed.add(0, last.tail(last.count() - taken));
      if (taken < last.count()) {
        runs.addLast(last.head(last.count() - taken));
      }
      count -= taken;
      left -= taken;
    }
    closeGap();
    return removed;
  }

  private void closeGap() {
    if (count == 0) {
      done = sent;
    }
  }

  Iterable<TaskRun> runs() {
    return runs;
  }
}
