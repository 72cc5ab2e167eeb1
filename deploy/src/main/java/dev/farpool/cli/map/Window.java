package dev.farpool.cli.map;

/**
 * Bounds what is under way between input and output, in bytes. When it is full it opens again only
 * after a quarter is free, since many lines at a time cost less than one by one. Thread-safe.
 */
public final class Window {
  private final long limit;
  private long used;

  /**
   * @param limit four times what is taken at once at most
   */
  public Window(long limit) {
    this.limit = limit;
  }

  /** Waits until there is room. */
  public synchronized void take(long bytes) throws InterruptedException {
    if (used + bytes > limit) {
      while (used > limit / 4 * 3) {
        wait();
      }
    }
    used += bytes;
  }

  /** Something has left. */
  public synchronized void giveBack(long bytes) {
    used -= bytes;
    notifyAll();
  }
}
