package dev.farpool.executor.frame;

/** The two connections of an executor to its agent. */
public final class ChannelKind {
  /** Tasks, results and output; read and written by the thread that runs the tasks. */
  public static final byte TASK = 1;

  /** Signs of life, interrupts and recalls; served while a task runs. */
  public static final byte CONTROL = 2;

  private ChannelKind() {}
}
