package dev.farpool.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Who waits until the coordinator has a task.
 *
 * @param <W> whoever waits
 */
public final class Acceptances<W> {
  private final PriorityQueue<Waiting<W>> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Waiting::index));

  private record Waiting<W>(long index, W who) {}

  /** Somebody waits for a task. */
  public void add(long index, W who) {
    waiting.add(new Waiting<>(index, who));
  }

  /** Takes out those whose task is below an index. */
  public List<W> below(long index) {
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<W> reached = new ArrayList<>();
    while (!waiting.isEmpty() && waiting.peek().index < index) {
      reached.add(waiting.remove().who);
    }
    return reached;
  }
}
