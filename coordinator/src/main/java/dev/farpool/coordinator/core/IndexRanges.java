package dev.farpool.coordinator.core;

import dev.farpool.v1.IndexRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/** A set of indexes, small where they are consecutive. In ascending order. */
final class IndexRanges {
  /** First index to the one after the last. Ranges neither touch nor overlap. */
  private final TreeMap<Long, Long> ranges = new TreeMap<>();

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  /** The lowest index. */
  long first() {
    return ranges.firstKey();
  }

  /** The end of the run of indexes that the lowest one begins. */
  long firstRunEnd() {
    return ranges.firstEntry().getValue();
  }

  boolean contains(long index) {
    return endOfRun(index) > index;
  }

  /** The end of the run that an index is in; the index itself when it is in none. */
  long endOfRun(long index) {
    Map.Entry<Long, Long> run = ranges.floorEntry(index);
    return run == null ? index : Math.max(index, run.getValue());
  }

  /** Where the first run from an index on begins; {@link Long#MAX_VALUE} when there is none. */
  long startOfRun(long index) {
    Long start = ranges.ceilingKey(index);
    return start == null ? Long.MAX_VALUE : start;
  }

  void add(long index) {
    add(index, index + 1);
  }

  /** Adds the indexes from {@code first} to before {@code end}. */
  void add(long first, long end) {
    long from = first;
    long to = end;
    Map.Entry<Long, Long> left = ranges.floorEntry(first);
    if (left != null && left.getValue() >= first) {
      from = left.getKey();
      to = Math.max(end, left.getValue());
    }
    Map.Entry<Long, Long> right = ranges.higherEntry(from);
    while (right != null && right.getKey() <= to) {
      to = Math.max(to, right.getValue());
      ranges.remove(right.getKey());
      right = ranges.higherEntry(from);
    }
    ranges.put(from, to);
  }

  /** Removes the lowest {@code count} indexes of the first run. */
  void removeFirst(long count) {
    Map.Entry<Long, Long> run = ranges.pollFirstEntry();
    if (run.getKey() + count < run.getValue()) {
      ranges.put(run.getKey() + count, run.getValue());
    }
  }

  void remove(long index) {
    Map.Entry<Long, Long> run = ranges.floorEntry(index);
    if (run == null || run.getValue() <= index) {
      return;
    }
    ranges.remove(run.getKey());
    if (run.getKey() < index) {
      ranges.put(run.getKey(), index);
    }
    if (index + 1 < run.getValue()) {
      ranges.put(index + 1, run.getValue());
    }
  }

  void clear() {
    ranges.clear();
  }

  /** How many indexes there are below one. */
  long countBelow(long index) {
    long count = 0;
    for (Map.Entry<Long, Long> run : ranges.headMap(index).entrySet()) {
      count += Math.min(run.getValue(), index) - run.getKey();
    }
    return count;
  }

  long count() {
    return countBelow(Long.MAX_VALUE);
  }

  /** Calls for each run: its first index, and the one after its last. */
  void forEachRun(RunAction action) {
    ranges.forEach(action::accept);
  }

  void forEach(LongConsumer action) {
    ranges.forEach(
        (first, end) -> {
          for (long index = first; index < end; index++) {
            action.accept(index);
          }
        });
  }

  /** The same as messages. */
  List<IndexRange> toMessages() {
    List<IndexRange> messages = new ArrayList<>(ranges.size());
    ranges.forEach(
        (first, end) ->
            messages.add(IndexRange.newBuilder().setFirst(first).setCount(end - first).build()));
    return messages;
  }

  /** Something done with a run of indexes. */
  @FunctionalInterface
  interface RunAction {
    void accept(long first, long end);
  }
}
