package dev.farpool.executor.task;

/**
 * Threads beside the one that runs user code: of small stacks, as a host has many executors, and
 * without a say in when the process ends.
 */
public final class SideThread {
  private static final long STACK_BYTES = 256 * 1024;

  private SideThread() {}

  /** A thread that is still to be started. */
  public static Thread of(String name, Runnable work) {
    Thread thread = new Thread(null, work, name, STACK_BYTES);
    thread.setDaemon(true);
    return thread;
  }
}
