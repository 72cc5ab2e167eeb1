package dev.farpool.executor.frame;

/**
 * What a frame is. The first byte of its body; the fields that follow are given here in order.
 *
 * <p>Tasks have sequence numbers on their connection: the first task sent to an executor is 0, the
 * next 1, whatever pool index they carry.
 */
public final class FrameType {
  /**
   * The version of these frames; higher with each change that the other side must know of. Both
   * sides are of one release, unless the installation was replaced under a running worker.
   */
  public static final int VERSION = 6;

  /** From an executor, first on each connection: channel (byte), id (string), version (int). */
  public static final byte HELLO = 1;

  /**
   * To an executor, first on its task channel, and again after {@link #RELEASE}: mode (byte), pool
   * name, codec class (strings), the most bytes of a result (int), discard output (byte), the most
   * nanoseconds of age and bytes of resident memory before it retires (longs, 0 for no limit), the
   * class path of a spare that now has its code (string, else empty), how many jars that code has
   * (int) and where they are (strings), initializer there (byte), its definition and arguments
   * (bytes).
   */
  public static final byte SETUP = 2;

  /** To an executor: number (int), definition (bytes). */
  public static final byte FUNCTION = 3;

  /**
   * To an executor: kind (byte), function (int), attempt (int), first index (long), count (int),
   * trace there (byte), its {@code traceparent} and {@code tracestate} (strings), the sizes (ints),
   * the bodies one after the other.
   */
  public static final byte TASKS = 4;

  /** To an executor: finish what came before and exit. No fields. */
  public static final byte EXIT = 5;

  /** From an executor: it is set up. No fields. */
  public static final byte READY = 6;

  /** From an executor: its initializer failed with this {@code Failure} (rest of the frame). */
  public static final byte SETUP_FAILED = 7;

  /**
   * From an executor, results of calls in the order of their tasks: nanoseconds they ran together
   * (long), count (int), for each index (long), attempt (int), size (int), then the values.
   */
  public static final byte RESULTS = 8;

  /**
   * From an executor, any other outcome: nanoseconds it ran (long), index (long), attempt (int),
   * kind (byte, see {@link OutcomeKind}), the serialized message (rest of the frame).
   */
  public static final byte OUTCOME = 9;

  /**
   * From an executor: index (long, -1 between tasks), attempt (int), to standard error (byte), the
   * bytes (rest of the frame). Comes before the result of its task.
   */
  public static final byte OUTPUT = 10;

  /** From an executor that takes no more tasks: the first sequence not started (long). */
  public static final byte RETIRED = 11;

  /**
   * To an executor, on its control channel: the agent is alive, and the executor may run on for so
   * many nanoseconds (long) without another such frame.
   */
  public static final byte TICK = 12;

  /** To an executor: interrupt the task with this sequence (long), if it runs. */
  public static final byte INTERRUPT = 13;

  /** To an executor: send the command of this sequence (long), if it runs, this signal (int). */
  public static final byte SIGNAL = 14;

  /** To an executor: give back tasks that have not started, below this sequence (long). */
  public static final byte RECALL = 15;

  /** From an executor: tasks from this sequence (long) up to this (long) will not be started. */
  public static final byte RECALLED = 16;

  /** From an executor that exits in its own order: the signal that made it, or 0 (int). */
  public static final byte GOODBYE = 17;

  /**
   * To an executor, on its control channel: the client asks for something that concerns the task
   * that runs; the pool's codec knows what.
   */
  public static final byte ASK = 18;

  /**
   * From an executor: index (long), attempt (int), what the pool's codec tells of this task while
   * it runs (rest of the frame).
   */
  public static final byte NOTE = 19;

  /**
   * To a spare: how many jars the code of its pool is likely to have (int), where they are
   * (strings).
   */
  public static final byte LIKELY_CODE = 20;

  /**
   * To an executor that has run nothing but commands: its pool is over, and it leaves nothing of it
   * behind. It waits for the {@link #SETUP} of its next one. No fields.
   */
  public static final byte RELEASE = 21;

  private FrameType() {}
}
