package dev.farpool.scale.client;

/**
 * The load to keep up.
 *
 * @param pools over which it is spread
 * @param slots how many tasks may run at a time
 * @param waiting how many wait besides
 * @param payload bytes of each task's argument
 */
public record LoadPlan(int pools, int slots, int waiting, int payload) {
  private static final int LARGEST_BATCH = 1_000;
  private static final int LARGEST_MESSAGE = 1 << 20;

  /** Tasks of one pool without a result. */
  long depth() {
    return ((long) slots + waiting + pools - 1) / pools;
  }

  /** Tasks of one pool that run at a time. */
  int processes() {
    return Math.max(1, slots / pools);
  }

  /** Tasks in a message, few enough that the depth is kept well. */
  int batch() {
    long share = Math.max(1, waiting / (4L * pools));
    int fitting = Math.max(1, LARGEST_MESSAGE / Math.max(1, payload));
    return (int) Math.min(share, Math.min(LARGEST_BATCH, fitting));
  }
}
