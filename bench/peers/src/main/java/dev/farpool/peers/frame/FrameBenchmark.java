package dev.farpool.peers.frame;

import dev.farpool.executor.frame.FrameReader;
import dev.farpool.executor.frame.FrameType;
import dev.farpool.executor.frame.FrameWriter;
import dev.farpool.executor.frame.TaskKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** A frame of a hundred small calls, as a worker sends it and an executor reads it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FrameBenchmark {
  private static final int TASKS = 100;
  private static final int FRAMES = 10;
  private static final int READ_AHEAD = 64 * 1024;

  private final FrameWriter writer = new FrameWriter();
  private final byte[] arguments = new byte[20];
  private byte[] wire;

  /** Makes the frames to read. */
  @Setup
  public void prepare() {
    writeFrames();
    wire = writer.toByteArray();
  }

  /** The time of a task. */
  @Benchmark
  @OperationsPerInvocation(TASKS * FRAMES)
  public ByteBuffer write() {
    writeFrames();
    return writer.view();
  }

  private void writeFrames() {
    writer.clear();
    for (int frame = 0; frame < FRAMES; frame++) {
      writer.begin(FrameType.TASKS).putByte(TaskKind.CALL).putInt(1).putInt(1);
      writer.putLong((long) frame * TASKS).putInt(TASKS).putByte((byte) 0);
      for (int i = 0; i < TASKS; i++) {
        writer.putInt(arguments.length);
      }
      for (int i = 0; i < TASKS; i++) {
        writer.putRaw(arguments, 0, arguments.length);
      }
      writer.end();
    }
  }

  /** The time of a task. */
  @Benchmark
  @OperationsPerInvocation(TASKS * FRAMES)
  public void read(Blackhole hole) throws IOException {
    FrameReader reader =
        new FrameReader(Channels.newChannel(new ByteArrayInputStream(wire)), READ_AHEAD);
    while (reader.next() != FrameReader.END) {
      readTasks(reader, hole);
    }
  }

  private static void readTasks(FrameReader reader, Blackhole hole) throws IOException {
    hole.consume(reader.readByte() + reader.readInt() + reader.readInt());
    hole.consume(reader.readLong());
    int[] sizes = new int[reader.readInt()];
    hole.consume(reader.readByte());
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = reader.readInt();
    }
    for (int size : sizes) {
      hole.consume(reader.readRaw(size));
    }
  }
}
