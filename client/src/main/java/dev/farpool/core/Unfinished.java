package dev.farpool.core;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The tasks of a pool that have no outcome yet, by index. */
public final class Unfinished {
  private final TreeMap<Long, Batch> byFirstIndex = new TreeMap<>();
  private Batch last;
  private long tasks;

  /** How many there are. */
  public long tasks() {
    return tasks;
  }

  /**
   * Takes out whoever waits for a task; null if it has its outcome already, or never was one. So a
   * result that comes twice is delivered once.
   */
  public TaskSink take(long index) {
    Batch batch = find(index);
    TaskSink sink = batch == null ? null : batch.take(index);
    if (sink != null) {
      tasks--;
      if (batch.unfinished() == 0 && batch.accepted()) {
        drop(batch);
      }
    }
    return sink;
  }

  /** Whether a task is among them. */
  public boolean contains(long index) {
    return sink(index) != null;
  }

  /** Whoever waits for a task; null if it has its outcome already, or never was one. */
  public TaskSink sink(long index) {
    Batch batch = find(index);
    return batch == null ? null : batch.sink((int) (index - batch.firstIndex()));
  }

  private Batch find(long index) {
    if (last == null || index < last.firstIndex() || index >= last.endIndex()) {
      var entry = byFirstIndex.floorEntry(index);
      last = entry != null && index < entry.getValue().endIndex() ? entry.getValue() : null;
    }
    return last;
  }

  private void drop(Batch batch) {
    byFirstIndex.remove(batch.firstIndex());
    last = null;
  }

  void add(Batch batch) {
    byFirstIndex.put(batch.firstIndex(), batch);
  }

  /** Adds the large arguments of the tasks to a list. */
  public void addLargeArgumentsTo(List<LargeArgument> list) {
    for (Batch batch : byFirstIndex.values()) {
      if (batch.largeArgument() != null) {
        list.add(batch.largeArgument());
      }
    }
  }

  void addAgain(Batch batch) {
    add(batch);
    tasks += batch.unfinished();
  }

  void countOne() {
    tasks++;
  }

  /** A batch was accepted by the coordinator; it may be that its results came first. */
  void accepted(Batch batch) {
    if (batch.unfinished() == 0) {
      drop(batch);
    }
  }

  void remove(Batch batch, List<TaskSink> sinks) {
    drop(batch);
    tasks -= batch.unfinished();
    for (int i = 0; i < batch.count(); i++) {
      if (batch.sink(i) != null) {
        sinks.add(batch.sink(i));
      }
    }
  }

  void move(Batch batch, long firstIndex) {
    drop(batch);
    batch.move(firstIndex);
    add(batch);
  }

  List<Batch> clear() {
    List<Batch> batches = new ArrayList<>(byFirstIndex.values());
    byFirstIndex.clear();
    last = null;
    tasks = 0;
    return batches;
  }
}
