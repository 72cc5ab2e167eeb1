package dev.farpool.coordinator.history;

import dev.farpool.v1.TaskOutput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** What tasks printed lately: the end of it, for as many tasks as there is room. */
public final class KeptOutput {
  static final long MOST_BYTES = 16L << 20;
  private static final long TASK_OVERHEAD = 300;

  private record Key(PoolKey pool, long index) {}

  /** The task that has printed nothing for the longest time first. */
  private final Map<Key, OutputTail> tails = new LinkedHashMap<>();

  private long bytes;

  /** A task has printed. */
  public void add(PoolKey pool, long index, int attempt, TaskOutput output) {
    Key key = new Key(pool, index);
    OutputTail known = tails.remove(key);
    OutputTail tail = known == null ? new OutputTail() : known;
    bytes -= known == null ? 0 : size(known);
    tail.add(attempt, output);
    tails.put(key, tail);
    bytes += size(tail);
    while (bytes > MOST_BYTES) {
      Key quietest = tails.keySet().iterator().next();
      bytes -= size(tails.remove(quietest));
    }
  }

  /** What a task printed; null if nothing of it is kept. */
  public OutputTail find(PoolKey pool, long index) {
    return tails.get(new Key(pool, index));
  }

  /** A pool whose tasks printed what is kept; null if there is none like that. */
  PoolKey pool(Predicate<PoolKey> wanted) {
    for (Key key : tails.keySet()) {
      if (wanted.test(key.pool)) {
        return key.pool;
      }
    }
    return null;
  }

  private static long size(OutputTail tail) {
    return TASK_OVERHEAD + tail.bytes();
  }
}
