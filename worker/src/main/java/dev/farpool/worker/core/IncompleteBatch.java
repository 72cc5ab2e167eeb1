package dev.farpool.worker.core;

import com.google.protobuf.ByteString;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.JavaCalls;
import dev.farpool.v1.StartAttempts;
import dev.farpool.v1.TaskBatch;

/** Tasks whose argument, or whose function's definition, may still have to be fetched. */
final class IncompleteBatch {
  private final StartAttempts start;
  private final BatchTrace trace;
  private ByteString argument;

  IncompleteBatch(StartAttempts start, Traces traces) {
    this.start = start;
    this.trace = traces.of(start.getBatch(), count(start.getBatch()));
  }

  int attempt() {
    return start.getAttempt();
  }

  long firstIndex() {
    return start.getBatch().getFirstIndex();
  }

  /** The index after the last. */
  long endIndex() {
    return firstIndex() + count(start.getBatch());
  }

  private static int count(TaskBatch batch) {
    return switch (batch.getTasksCase()) {
      case JAVA -> batch.getJava().hasArgumentBlob() ? 1 : batch.getJava().getSizesCount();
      case STATIC_METHODS -> batch.getStaticMethods().getCallsCount();
      case COMMANDS -> batch.getCommands().getCommandsCount();
      case TASKS_NOT_SET -> 0;
    };
  }

  /** The blob of the argument that is not there yet; null if none is missing. */
  BlobRef missingArgument() {
    JavaCalls calls = start.getBatch().getJava();
    return calls.hasArgumentBlob() && argument == null ? calls.getArgumentBlob() : null;
  }

  /** The blob of the function that is not there yet; null if none is missing. */
  BlobRef missingFunction(HeldPool pool) {
    TaskBatch batch = start.getBatch();
    return batch.hasJava() ? pool.functionBlobs.get(batch.getJava().getFunction()) : null;
  }

  boolean lacks(HeldPool pool, BlobRef blob) {
    return blob.equals(missingArgument()) || blob.equals(missingFunction(pool));
  }

  boolean isComplete(HeldPool pool) {
    return missingArgument() == null && missingFunction(pool) == null;
  }

  void argument(ByteString bytes) {
    argument = bytes;
  }

  /** The tasks, once nothing is missing. */
  TaskRun tasks() {
    return Batch.of(start.getBatch(), start.getAttempt(), argument, trace).whole();
  }
}
