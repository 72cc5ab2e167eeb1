package dev.farpool.worker.exec;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.farpool.common.Protocol;
import dev.farpool.executor.frame.FrameType;
import dev.farpool.executor.frame.OutcomeKind;
import dev.farpool.v1.Failure;
import dev.farpool.worker.core.Command;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Translates what executors say into commands for the agent. Thread-safe. */
final class ExecutorEvents {
  private static final int LARGE = 256 * 1024;
  private static final int RESULT_HEADER_BYTES = Long.BYTES + 2 * Integer.BYTES;

  /** Executors send output in smaller pieces, and failures cut to less; it goes on in messages. */
  private static final int MOST_OUTPUT_BYTES = 128 * 1024;

  private static final int MOST_FAILURE_BYTES = 2 << 20;

  private final Consumer<Command> mailbox;

  ExecutorEvents(Consumer<Command> mailbox) {
    this.mailbox = mailbox;
  }

  /**
   * A frame of an executor that has said who it is.
   *
   * @throws IOException if it is none that an executor sends
   */
  void frame(ChildExecutor executor, ByteBuffer frame) throws IOException {
    long id = executor.id();
    byte type = frame.get();
    switch (type) {
      case FrameType.READY -> mailbox.accept((agent, now) -> agent.executorReady(id, now));
      case FrameType.SETUP_FAILED -> {
        require(frame.remaining() <= MOST_FAILURE_BYTES, "a failure that long");
        Failure failure = Failure.parseFrom(frame);
        mailbox.accept((agent, now) -> agent.setUpFailed(id, failure, now));
      }
      case FrameType.RESULTS -> results(id, frame);
      case FrameType.OUTCOME -> outcome(id, frame);
      case FrameType.OUTPUT -> output(executor, frame);
      case FrameType.NOTE -> note(id, frame);
      case FrameType.RETIRED -> {
        long from = frame.getLong();
        mailbox.accept((agent, now) -> agent.retired(id, from, now));
      }
      case FrameType.RECALLED -> {
        long from = frame.getLong();
        mailbox.accept((agent, now) -> agent.recalled(id, from));
      }
      case FrameType.GOODBYE -> executor.saidGoodbye(frame.getInt());
      default -> throw new ProtocolException("unknown frame type " + type);
    }
  }

  private void results(long id, ByteBuffer frame) throws IOException {
    long ranNanos = frame.getLong();
    int count = frame.getInt();
    require(count > 0 && count <= frame.remaining() / RESULT_HEADER_BYTES, "so many results");
    int[] sizes = new int[count];
    long firstIndex = frame.getLong(frame.position());
    long sum = 0;
    for (int i = 0; i < count; i++) {
      frame.position(frame.position() + Long.BYTES + Integer.BYTES);
      sizes[i] = frame.getInt();
      require(sizes[i] >= 0, "a result of negative size");
      sum += sizes[i];
    }
    require(sum == frame.remaining(), "results that do not have the sizes given");
    ByteString values = bytes(frame);
    mailbox.accept((agent, now) -> agent.results(id, ranNanos, firstIndex, sizes, values, now));
  }

  private void outcome(long id, ByteBuffer frame) throws IOException {
    long ranNanos = frame.getLong();
    long index = frame.getLong();
    frame.getInt();
    byte kind = frame.get();
    require(kind >= OutcomeKind.VALUE && kind <= OutcomeKind.FAILURE, "an unknown outcome");
    ByteString message = bytes(frame);
    mailbox.accept((agent, now) -> agent.outcome(id, ranNanos, index, kind, message, now));
  }

  private void output(ChildExecutor executor, ByteBuffer frame) throws IOException {
    long id = executor.id();
    long index = frame.getLong();
    int attempt = frame.getInt();
    boolean stderr = frame.get() != 0;
    require(frame.remaining() <= MOST_OUTPUT_BYTES, "output in a piece that long");
    ByteString data = bytes(frame);
    if (stderr) {
      executor.stderr().add(data);
    }
    mailbox.accept((agent, now) -> agent.output(id, index, attempt, stderr, data));
  }

  private void note(long id, ByteBuffer frame) throws IOException {
    long index = frame.getLong();
    int attempt = frame.getInt();
    require(frame.remaining() <= Protocol.MOST_NOTE_BYTES, "a note that long");
    ByteString data = bytes(frame);
    mailbox.accept((agent, now) -> agent.noted(id, index, attempt, data));
  }

  private static void require(boolean possible, String otherwise) throws IOException {
    if (!possible) {
      throw new ProtocolException("executors do not send " + otherwise);
    }
  }

  /** The rest of a frame. A large frame has an array of its own, which need not be copied. */
  private static ByteString bytes(ByteBuffer frame) {
    return frame.hasArray() && frame.remaining() >= LARGE
        ? UnsafeByteOperations.unsafeWrap(frame)
        : ByteString.copyFrom(frame);
  }
}
