package dev.farpool.worker.exec;

import com.google.protobuf.ByteString;
import dev.farpool.common.Durations;
import dev.farpool.executor.frame.FrameType;
import dev.farpool.executor.frame.FrameWriter;
import dev.farpool.v1.OutputMode;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.TraceContext;
import dev.farpool.worker.core.TaskRun;
import java.util.List;

/** The frames that an agent sends to executors. */
final class Messages {
  /** A result passes through the agent's memory, several of them at a time. */
  private static final int MOST_RESULT_BYTES =
      (int) Math.min(1 << 30, Runtime.getRuntime().maxMemory() / 4);

  /** The longest frame of an executor: a result, or small ones together, and what names them. */
  static final int MOST_FRAME_BYTES = MOST_RESULT_BYTES + (1 << 20);

  private Messages() {}

  static FrameWriter of(byte type) {
    FrameWriter frame = new FrameWriter();
    frame.begin(type).end();
    return frame;
  }

  static FrameWriter of(byte type, long sequence) {
    FrameWriter frame = new FrameWriter();
    frame.begin(type).putLong(sequence).end();
    return frame;
  }

  static FrameWriter signal(long sequence, int signal) {
    FrameWriter frame = new FrameWriter();
    frame.begin(FrameType.SIGNAL).putLong(sequence).putInt(signal).end();
    return frame;
  }

  /**
   * What makes an executor one of a pool.
   *
   * @param late the code that is brought to a spare; {@link LateClassPath#NONE} for all others
   */
  static FrameWriter setUp(PoolSpec spec, ByteString initializer, LateClassPath late) {
    FrameWriter frame = new FrameWriter();
    frame.begin(FrameType.SETUP).putByte((byte) spec.getModeValue()).putString(spec.getName());
    frame.putString(spec.getCode().getCodec()).putInt(MOST_RESULT_BYTES);
    boolean discard = spec.getOutput() == OutputMode.OUTPUT_MODE_DISCARD;
    frame.putByte((byte) (discard ? 1 : 0));
    frame.putLong(Durations.nanos(spec.getMaxChildAge())).putLong(spec.getMaxChildMemory());
    frame.putString(late.classPath());
    putList(frame, late.jars());
    frame.putByte((byte) (spec.hasInitializer() ? 1 : 0));
    if (spec.hasInitializer()) {
      frame.putBytes(initializer.toByteArray());
      frame.putBytes(spec.getInitializer().getArguments().toByteArray());
    }
    frame.end();
    return frame;
  }

  static FrameWriter likelyCode(List<String> jars) {
    FrameWriter frame = new FrameWriter();
    putList(frame.begin(FrameType.LIKELY_CODE), jars);
    frame.end();
    return frame;
  }

  private static void putList(FrameWriter frame, List<String> texts) {
    frame.putInt(texts.size());
    for (String text : texts) {
      frame.putString(text);
    }
  }

  static FrameWriter define(int function, ByteString definition) {
    FrameWriter frame = new FrameWriter();
    frame.begin(FrameType.FUNCTION).putInt(function).putBytes(definition.toByteArray()).end();
    return frame;
  }

  /** All but the bodies, which follow with so many bytes. */
  static FrameWriter run(TaskRun tasks, int bodies) {
    FrameWriter frame = new FrameWriter();
    frame.begin(FrameType.TASKS).putByte(tasks.kind()).putInt(tasks.function());
    frame.putInt(tasks.attempt()).putLong(tasks.firstIndex()).putInt(tasks.count());
    TraceContext trace = tasks.trace();
    frame.putByte((byte) (trace == null ? 0 : 1));
    if (trace != null) {
      frame.putString(trace.getTraceparent()).putString(trace.getTracestate());
    }
    for (int i = 0; i < tasks.count(); i++) {
      frame.putInt(tasks.size(i));
    }
    frame.end(bodies);
    return frame;
  }
}
