package dev.farpool.executor.frame;

/** What the message in an {@link FrameType#OUTCOME} frame is. */
public final class OutcomeKind {
  /** A {@code Value}. */
  public static final byte VALUE = 1;

  /** An {@code ExitStatus}. */
  public static final byte EXIT = 2;

  /** A {@code Failure}, without host and process id. */
  public static final byte FAILURE = 3;

  private OutcomeKind() {}
}
