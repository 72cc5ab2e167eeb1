package dev.farpool.worker.exec;

import dev.farpool.executor.frame.FrameType;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Bytes of a fuzzer, read as what an executor does: whole frames, frames that lie about their
 * length, results that fit what it was given, bytes of any kind; on either connection or on others.
 */
final class HostileScript {
  static final byte FRAME = 0;
  static final byte LYING_FRAME = 1;
  static final byte BYTES = 2;
  static final byte OTHER_CHANNEL = 3;
  static final byte STRANGER = 4;
  static final byte FITTING_RESULTS = 5;
  private static final int KINDS = 6;

  private final ByteBuffer script;
  private boolean onControl;

  HostileScript(byte[] script) {
    this.script = ByteBuffer.wrap(script);
  }

  /**
   * Does it, as far as the agent lets it.
   *
   * @param head the index of the task that the executor is to answer first
   */
  void play(SocketExecutor executor, long head) {
    try {
      while (script.hasRemaining()) {
        play(Math.floorMod(script.get(), KINDS), executor, head);
      }
    } catch (BufferUnderflowException endOfScript) {
      return;
    } catch (IOException agentHasClosed) {
      return; // Which it may, whenever it has heard enough.
    }
  }

  private void play(int kind, SocketExecutor executor, long head) throws IOException {
    switch (kind) {
      case FRAME -> {
        byte[] body = body();
        executor.send(onControl, framed(body.length, body));
      }
      case LYING_FRAME -> {
        int announced = script.getInt();
        executor.send(onControl, framed(announced, body()));
      }
      case BYTES -> executor.send(onControl, body());
      case OTHER_CHANNEL -> onControl = !onControl;
      case STRANGER -> executor.sendAsStranger(body());
      default -> executor.send(false, results(head));
    }
  }

  private byte[] body() {
    byte[] body = new byte[Math.min(Byte.toUnsignedInt(script.get()), script.remaining())];
    script.get(body);
    return body;
  }

  private static byte[] framed(int announced, byte[] body) {
    return ByteBuffer.allocate(Integer.BYTES + body.length).putInt(announced).put(body).array();
  }

  /** Results from the first task on; how many, and of what sizes, is up to the script. */
  private byte[] results(long head) {
    int count = Byte.toUnsignedInt(script.get());
    byte[] sizes = body();
    ByteBuffer frame = ByteBuffer.allocate(64 + sizes.length * (16 + 127)).putInt(0);
    frame.put(FrameType.RESULTS).putLong(1).putInt(count);
    int sum = 0;
    for (int i = 0; i < sizes.length; i++) {
      frame.putLong(head + i).putInt(1).putInt(sizes[i]);
      sum += Math.max(0, sizes[i]);
    }
    frame.put(new byte[sum]);
    byte[] whole = new byte[frame.position()];
    frame.putInt(0, whole.length - Integer.BYTES).flip().get(whole);
    return whole;
  }
}
