package dev.farpool.worker.core;

import com.google.protobuf.ByteString;
import dev.farpool.common.Durations;
import dev.farpool.executor.frame.TaskKind;
import dev.farpool.v1.Command;
import dev.farpool.v1.StaticMethodCall;
import dev.farpool.v1.TaskBatch;
import dev.farpool.v1.TaskOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive tasks as they came: their bodies stay one piece, cut only on the way to an executor.
 *
 * @param firstIndex the index of the first task
 * @param attempt the number of these attempts
 * @param kind one of {@link TaskKind}
 * @param function the number of the function; 0 where there is none
 * @param offsets where each body begins in {@code bodies}, and where the last one ends
 * @param timeoutNanos the longest an attempt may run; 0 is no limit
 * @param cores how many slots each task takes
 * @param atMostOnce whether a task that may have started must not be started again
 * @param trace null if they are not traced
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and not copied on the way.
record Batch(
    long firstIndex,
    int attempt,
    byte kind,
    int function,
    int[] offsets,
    ByteString bodies,
    long timeoutNanos,
    int cores,
    boolean atMostOnce,
    BatchTrace trace) {

  /**
   * The batch of a message whose argument, if that is a blob, has been fetched.
   *
   * @param trace null if it is not traced
   */
  static Batch of(TaskBatch batch, int attempt, ByteString argument, BatchTrace trace) {
    return switch (batch.getTasksCase()) {
      case JAVA -> {
        List<Integer> sizes =
            batch.getJava().hasArgumentBlob()
                ? List.of(argument.size())
                : batch.getJava().getSizesList();
        int function = batch.getJava().getFunction();
        ByteString bodies =
            batch.getJava().hasArgumentBlob() ? argument : batch.getJava().getArguments();
        yield of(batch, attempt, TaskKind.CALL, function, sizes, bodies, trace);
      }
      case STATIC_METHODS -> {
        List<ByteString> bodies = new ArrayList<>();
        for (StaticMethodCall call : batch.getStaticMethods().getCallsList()) {
          bodies.add(call.toByteString());
        }
        yield of(batch, attempt, TaskKind.STATIC_METHOD, bodies, trace);
      }
      case COMMANDS -> {
        List<ByteString> bodies = new ArrayList<>();
        for (Command command : batch.getCommands().getCommandsList()) {
          bodies.add(command.toByteString());
        }
        yield of(batch, attempt, TaskKind.COMMAND, bodies, trace);
      }
      case TASKS_NOT_SET ->
          throw new IllegalArgumentException("start.batch.tasks must be set to a known kind");
    };
  }

  private static Batch of(
      TaskBatch batch, int attempt, byte kind, List<ByteString> bodies, BatchTrace trace) {
    List<Integer> sizes = new ArrayList<>(bodies.size());
    for (ByteString body : bodies) {
      sizes.add(body.size());
    }
    return of(batch, attempt, kind, 0, sizes, ByteString.copyFrom(bodies), trace);
  }

  private static Batch of(
      TaskBatch batch,
      int attempt,
      byte kind,
      int function,
      List<Integer> sizes,
      ByteString bodies,
      BatchTrace trace) {
    int[] offsets = new int[sizes.size() + 1];
    for (int i = 0; i < sizes.size(); i++) {
      offsets[i + 1] = offsets[i] + sizes.get(i);
    }
    if (offsets[sizes.size()] != bodies.size()) {
      throw new IllegalArgumentException(
          "start.batch.java.sizes add up to "
              + offsets[sizes.size()]
              + ", arguments have "
              + bodies.size());
    }
    TaskOptions options = batch.getOptions();
    long timeoutNanos =
        options.hasTimeout() ? Math.max(1, Durations.nanos(options.getTimeout())) : 0;
    return new Batch(
        batch.getFirstIndex(),
        attempt,
        kind,
        function,
        offsets,
        bodies,
        timeoutNanos,
        Math.max(1, options.getCores()),
        options.getAtMostOnce(),
        trace);
  }

  int count() {
    return offsets.length - 1;
  }

  /** All of it. */
  TaskRun whole() {
    return new TaskRun(this, 0, count());
  }
}
