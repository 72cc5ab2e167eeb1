package dev.farpool.coordinator.history;

import java.util.List;
import java.util.function.Predicate;

/**
 * All that is remembered of what happened, and the time at which things happen. Not thread-safe.
 */
public final class History {
  private final Intervals intervals;
  private final EndedTasks ended = new EndedTasks();
  private final LostAttempts lost = new LostAttempts();
  private final KeptOutput output = new KeptOutput();
  private long nowNanos;

  /** Begins at a time. */
  public History(long nowNanos) {
    this.nowNanos = nowNanos;
    this.intervals = new Intervals(nowNanos);
  }

  /** What is told from now on happens at this time. */
  public void pass(long nanos) {
    nowNanos = nanos;
  }

  /** The time. */
  public long nowNanos() {
    return nowNanos;
  }

  /** A pool of which something is kept, the latest that ended a task; null if there is none. */
  public PoolKey pool(Predicate<PoolKey> wanted) {
    List<EndedTasks.Entry> latest = ended.latest(Long.MAX_VALUE, row -> wanted.test(row.pool()), 1);
    return latest.isEmpty() ? output.pool(wanted) : latest.get(0).row().pool();
  }

  /** How much happened. */
  public Intervals intervals() {
    return intervals;
  }

  /** Tasks that ended. */
  public EndedTasks ended() {
    return ended;
  }

  /** Attempts that were lost. */
  public LostAttempts lost() {
    return lost;
  }

  /** What tasks printed. */
  public KeptOutput output() {
    return output;
  }
}
