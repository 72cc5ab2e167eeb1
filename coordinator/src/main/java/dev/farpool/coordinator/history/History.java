package dev.farpool.coordinator.history;

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
