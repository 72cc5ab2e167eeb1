package dev.farpool.grpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.farpool.core.Batch;
import dev.farpool.core.PoolFunction;
import dev.farpool.core.Request;
import dev.farpool.v1.JavaCalls;
import dev.farpool.v1.Rejection;
import dev.farpool.v1.SubmitRequest;
import dev.farpool.v1.TaskBatch;

/** From batches to the contract's messages. */
final class Requests {
  private Requests() {}

  static SubmitRequest message(String poolId, Request request) {
    SubmitRequest.Builder message = SubmitRequest.newBuilder().setPoolId(poolId);
    for (PoolFunction function : request.functions()) {
      message.addFunctions(function.definition());
    }
    for (Batch batch : request.batches()) {
      message.addBatches(message(batch));
    }
    return message.build();
  }

  private static TaskBatch message(Batch batch) {
    JavaCalls.Builder calls =
        JavaCalls.newBuilder().setFunction(batch.function().definition().getNumber());
    if (batch.argumentBlob() != null) {
      calls.setArgumentBlob(batch.argumentBlob());
    } else {
      for (int i = 0; i < batch.count(); i++) {
        calls.addSizes(batch.size(i));
      }
      calls.setArguments(UnsafeByteOperations.unsafeWrap(batch.arguments(), 0, batch.length()));
    }
    TaskBatch.Builder message =
        TaskBatch.newBuilder()
            .setFirstIndex(batch.firstIndex())
            .setOptions(batch.options())
            .setJava(calls);
    if (batch.trace() != null) {
      message.setTrace(batch.trace());
    }
    return message.build();
  }

  /** Why a request was refused, for a person. */
  static String text(Rejection rejection) {
    return (rejection.getField().isEmpty() ? "" : rejection.getField() + ": ")
        + rejection.getMessage();
  }
}
