package dev.farpool.simulation.work;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What a task does when it runs; it is the task's argument.
 *
 * @param tag names the task in the whole simulation
 * @param ending how it ends
 * @param runMicros how long it runs
 * @param lines how many lines it prints
 * @param resultBytes how large its result is
 * @param stubborn whether it heeds neither an interrupt nor SIGTERM
 */
public record TaskScript(
    int tag, Ending ending, int runMicros, int lines, int resultBytes, boolean stubborn) {

  /** How a task ends when it is left alone. */
  public enum Ending {
    /** It gives a result. */
    RETURNS,
    /** It throws. */
    THROWS,
    /** Its executor is killed by a signal, each time. */
    KILLS_ITS_EXECUTOR,
    /** The same, but only at its first attempt. */
    KILLS_ITS_FIRST_EXECUTOR,
    /** It calls {@code System.exit}. */
    EXITS,
    /** It never ends. */
    RUNS_ON
  }

  private static final List<Ending> ENDINGS = List.of(Ending.values());

  /** How many bytes a script has. */
  public static final int BYTES = 4 + 1 + 4 + 1 + 4 + 1;

  /** The script as bytes. */
  public byte[] encode() {
    return ByteBuffer.allocate(BYTES)
        .putInt(tag)
        .put((byte) ENDINGS.indexOf(ending))
        .putInt(runMicros)
        .put((byte) lines)
        .putInt(resultBytes)
        .put((byte) (stubborn ? 1 : 0))
        .array();
  }

  /** The script in bytes. */
  public static TaskScript decode(ByteString bytes) {
    ByteBuffer in = bytes.asReadOnlyByteBuffer();
    return new TaskScript(
        in.getInt(), ENDINGS.get(in.get()), in.getInt(), in.get(), in.getInt(), in.get() != 0);
  }
}
