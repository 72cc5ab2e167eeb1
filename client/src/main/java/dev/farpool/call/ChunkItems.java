package dev.farpool.call;

/**
 * Which items of a chunk are done here: one is claimed before it begins, and what is not claimed
 * may be handed back meanwhile. One thread claims, any other hands back.
 */
final class ChunkItems {
  /**
   * Items of large chunks are claimed several at a time, as each claim costs as much as a fence.
   */
  private static final int CLAIMS = 256;

  private final int count;
  private final int stride;

  /** How many items may have begun. */
  private volatile int claimed;

  /** Set before {@link #claimed} is read; whoever claims looks at it afterwards. */
  private volatile boolean wanted;

  /** Where what the claiming thread may do ends; its own. */
  private int granted;

  /** Where this chunk ends; changed under the lock. */
  private int end;

  ChunkItems(int count) {
    this.count = count;
    this.stride = Math.max(1, count / CLAIMS);
    this.claimed = Math.min(stride, count);
    this.end = count;
  }

  /** Whether the next item is to be done here; it is claimed then. */
  boolean mayBegin(int item) {
    if (item >= granted) {
      granted = claim(item);
    }
    return item < granted;
  }

  /**
   * Claims the next items.
   *
   * @return where they end; {@code from} itself if there are none
   */
  int claim(int from) {
    int to = Math.min(from + stride, count);
    claimed = to;
    return wanted ? agreed(to) : to;
  }

  private synchronized int agreed(int to) {
    return Math.min(to, end);
  }

  /** Hands back what is not claimed; whether there is something that was not handed back before. */
  synchronized boolean handBack() {
    wanted = true;
    int before = end;
    end = Math.min(end, claimed);
    return end < before;
  }

  /** How many items this chunk does. */
  synchronized int end() {
    return end;
  }
}
