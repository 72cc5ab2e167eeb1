package dev.farpool.worker.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Waiting tasks of a pool, lowest index first: one that comes back finds its old place. */
final class RunQueue {
  private final TreeMap<Long, TaskRun> runs = new TreeMap<>();
  private int count;

  boolean isEmpty() {
    return count == 0;
  }

  int count() {
    return count;
  }

  /** Adds tasks; if their first one waits already, they are here already. */
  void add(TaskRun run) {
    if (run.count() > 0 && runs.putIfAbsent(run.firstIndex(), run) == null) {
      count += run.count();
    }
  }

  /** The batch that is next. */
  Batch nextBatch() {
    return runs.firstEntry().getValue().batch();
  }

  /** Takes at most so many of the first tasks, of one batch and within so many bytes. */
  TaskRun take(int most, int bytes) {
    TaskRun first = runs.pollFirstEntry().getValue();
    int taken = Math.min(Math.min(most, first.together()), first.countWithin(bytes));
    count -= first.count();
    add(first.tail(taken));
    return first.head(taken);
  }

  /** Takes those of the indexes that wait. */
  List<TaskRun> remove(long firstIndex, long endIndex) {
    List<TaskRun> removed = new ArrayList<>();
    Map.Entry<Long, TaskRun> entry = runs.lowerEntry(endIndex);
    while (entry != null && entry.getValue().endIndex() > firstIndex) {
      TaskRun run = entry.getValue();
      runs.remove(entry.getKey());
      count -= run.count();
      int from = (int) Math.max(0, firstIndex - run.firstIndex());
      int to = (int) Math.min(run.count(), endIndex - run.firstIndex());
      add(run.head(from));
      add(run.tail(to));
      removed.add(0, run.head(to).tail(from));
      entry = from > 0 ? null : runs.lowerEntry(run.firstIndex());
    }
    return removed;
  }

  /** Takes all. */
  List<TaskRun> removeAll() {
    List<TaskRun> all = new ArrayList<>(runs.values());
    runs.clear();
    count = 0;
    return all;
  }

  Iterable<TaskRun> runs() {
    return runs.values();
  }
}
