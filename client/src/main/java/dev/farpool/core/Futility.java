package dev.farpool.core;

/** Tells a connection that breaks now and then from one that does nothing else. */
public final class Futility {
  private static final long CALM_NANOS = 30_000_000_000L;

  private boolean breaking;
  private long since;
  private long last;

  /** Something was achieved. */
  public void progress() {
    breaking = false;
  }

  /**
   * The connection broke.
   *
   * @return for how many nanoseconds it has done nothing but break
   */
  public long broke(long nowNanos) {
    if (!breaking || nowNanos - last > CALM_NANOS) {
      breaking = true;
      since = nowNanos;
    }
    last = nowNanos;
    return nowNanos - since;
  }
}
