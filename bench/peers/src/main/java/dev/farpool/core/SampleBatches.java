package dev.farpool.core;

import com.google.protobuf.ByteString;
import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.TaskOptions;
import java.util.List;

/** Requests as the client library makes them, for benchmarks. */
public final class SampleBatches {
  private SampleBatches() {}

  /**
   * Calls of one function whose definition was sent before.
   *
   * @param tasks at most as many as a batch takes
   * @param bytes of each task's arguments
   */
  public static Request request(int tasks, int bytes) {
    FunctionDefinition definition =
        FunctionDefinition.newBuilder()
            .setNumber(1)
            .setSha256(ByteString.copyFrom(new byte[32]))
            .setInline(ByteString.EMPTY)
            .build();
    PoolFunction function = new PoolFunction(definition);
    Batch batch = new Batch(0, function, TaskOptions.getDefaultInstance(), null, null);
    byte[] arguments = new byte[bytes];
    for (int i = 0; i < tasks; i++) {
      batch.add(arguments, 0, bytes, null);
    }
    batch.seal();
    return new Request(List.of(), List.of(batch));
  }
}
