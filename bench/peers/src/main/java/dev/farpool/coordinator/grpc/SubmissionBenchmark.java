package dev.farpool.coordinator.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.farpool.core.Request;
import dev.farpool.core.SampleBatches;
import dev.farpool.grpc.SubmissionEncoding;
import dev.farpool.v1.SubmitRequest;
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

/** A full batch of submissions: by the client onto the wire, and by the coordinator from it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SubmissionBenchmark {
  private static final int TASKS = 1_000;
  private static final int ARGUMENT_BYTES = 20;

  private Request request;
  private ByteString wire;

  /** Makes the batch. */
  @Setup
  public void prepare() {
    request = SampleBatches.request(TASKS, ARGUMENT_BYTES);
    wire = UnsafeByteOperations.unsafeWrap(SubmissionEncoding.encode(request));
  }

  /** The time of a task. */
  @Benchmark
  @OperationsPerInvocation(TASKS)
  public byte[] encode() {
    return SubmissionEncoding.encode(request);
  }

  /** The time of a task, with the check of its shape. */
  @Benchmark
  @OperationsPerInvocation(TASKS)
  public SubmitRequest decode() throws InvalidProtocolBufferException {
    SubmitRequest message = SubmitRequest.parseFrom(wire);
    SubmitCheck.check(message);
    return message;
  }
}
