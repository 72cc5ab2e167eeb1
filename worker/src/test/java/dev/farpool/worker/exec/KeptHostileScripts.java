package dev.farpool.worker.exec;

import static dev.farpool.worker.exec.HostileScript.BYTES;
import static dev.farpool.worker.exec.HostileScript.FITTING_RESULTS;
import static dev.farpool.worker.exec.HostileScript.FRAME;
import static dev.farpool.worker.exec.HostileScript.LYING_FRAME;
import static dev.farpool.worker.exec.HostileScript.OTHER_CHANNEL;
import static dev.farpool.worker.exec.HostileScript.STRANGER;

import dev.farpool.executor.frame.FrameType;
import dev.farpool.executor.frame.OutcomeKind;
import dev.farpool.v1.Failure;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The scripts that are kept: one for each thing executors can say, and for each thing found. */
final class KeptHostileScripts {
  private final List<byte[]> scripts = new ArrayList<>();

  private KeptHostileScripts() {}

  static Stream<byte[]> all() {
    KeptHostileScripts kept = new KeptHostileScripts();
    kept.proper();
    kept.lies();
    kept.noise();
    return kept.scripts.stream();
  }

  private void proper() {
    add(FITTING_RESULTS, (byte) 1, (byte) 1, (byte) 3);
    add(frame(body(FrameType.READY)));
    add(frame(body(FrameType.SETUP_FAILED, Failure.newBuilder().setMessage("m").build())));
    add(frame(outcome(OutcomeKind.FAILURE, Failure.newBuilder().setMessage("m").build())));
    add(frame(outcome(OutcomeKind.VALUE, Failure.newBuilder().setHost("no value").build())));
    add(frame(body(FrameType.OUTPUT, 0L, 1, (byte) 1, (byte) 'x', (byte) '\n')));
    add(frame(body(FrameType.NOTE, 0L, 1, (byte) 'x')));
    add(frame(body(FrameType.RETIRED, 1L)));
    add(OTHER_CHANNEL, frame(body(FrameType.RECALLED, 1L)));
    add(OTHER_CHANNEL, frame(body(FrameType.GOODBYE, 15)));
  }

  private void lies() {
    // More results than it has tasks, and than the frame has.
    add(FITTING_RESULTS, (byte) 100, (byte) 100, new byte[100]);
    add(FITTING_RESULTS, (byte) 200, (byte) 1, (byte) 1);
    add(frame(body(FrameType.RESULTS, 1L, Integer.MAX_VALUE, 0L, 1, 1)));
    add(frame(body(FrameType.RESULTS, 1L, -1, 0L, 1, 1)));
    add(frame(body(FrameType.RESULTS, 1L, 0, 0L)));
    // Sizes below zero, above what is there, and adding up to it all the same.
    add(FITTING_RESULTS, (byte) 1, (byte) 1, (byte) -1);
    add(frame(body(FrameType.RESULTS, 1L, 2, 0L, 1, 1000, 1L, 1, -999, (byte) 1)));
    add(frame(body(FrameType.RESULTS, 1L, 1, 0L, 1, Integer.MAX_VALUE)));
    add(frame(outcome((byte) 77, Failure.getDefaultInstance())));
    add(frame(body(FrameType.RETIRED, Long.MIN_VALUE)));
    add(frame(body(FrameType.RECALLED, -1L)), frame(body(FrameType.RETIRED, Long.MAX_VALUE)));
    add(frame(body(FrameType.OUTPUT, Long.MIN_VALUE, -1, (byte) 0)));
    add(frame(body(FrameType.NOTE, Long.MIN_VALUE, -1)));
    // Lengths of frames that never come.
    add(LYING_FRAME, Integer.MAX_VALUE, (byte) 1, FrameType.RESULTS);
    add(LYING_FRAME, 200 << 20, (byte) 1, FrameType.RESULTS);
    add(LYING_FRAME, -1, (byte) 0);
  }

  private void noise() {
    add(BYTES, (byte) 9, new byte[9]);
    add(frame(body((byte) 99)), frame(body(FrameType.HELLO)));
    // Strangers: no hello, a mark of a negative length, a mark that nobody has.
    add(STRANGER, (byte) 5, 1, FrameType.READY);
    add(STRANGER, (byte) 10, 6, FrameType.HELLO, (byte) 1, -1);
    add(STRANGER, (byte) 11, 7, FrameType.HELLO, (byte) 1, 1, (byte) 'z');
    add(STRANGER, (byte) 4, Integer.MAX_VALUE);
  }

  private void add(Object... parts) {
    scripts.add(bytes(parts));
  }

  private static byte[] frame(byte[] body) {
    return bytes(FRAME, (byte) body.length, body);
  }

  private static byte[] outcome(byte kind, Failure failure) {
    return body(FrameType.OUTCOME, 1L, 0L, 1, kind, failure);
  }

  private static byte[] body(Object... parts) {
    return bytes(parts);
  }

  private static byte[] bytes(Object... parts) {
    ByteBuffer buffer = ByteBuffer.allocate(1000);
    for (Object part : parts) {
      if (part instanceof Byte number) {
        buffer.put(number);
      } else if (part instanceof Integer number) {
        buffer.putInt(number);
      } else if (part instanceof Long number) {
        buffer.putLong(number);
      } else if (part instanceof Failure failure) {
        buffer.put(failure.toByteArray());
      } else {
        buffer.put((byte[]) part);
      }
    }
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return bytes;
  }
}
