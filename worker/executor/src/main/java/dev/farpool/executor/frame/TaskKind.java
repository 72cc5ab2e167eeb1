package dev.farpool.executor.frame;

/** What the bodies in a {@link FrameType#TASKS} frame are. */
public final class TaskKind {
  /** Encoded arguments of the frame's function. */
  public static final byte CALL = 1;

  /** Serialized {@code StaticMethodCall}s. */
  public static final byte STATIC_METHOD = 2;

  /** Serialized {@code Command}s. */
  public static final byte COMMAND = 3;

  private TaskKind() {}
}
