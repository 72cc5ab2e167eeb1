package dev.farpool.worker.grpc;

import com.google.protobuf.Duration;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.CodePart;
import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.FunctionsDefined;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.JavaCalls;
import dev.farpool.v1.OutputTaken;
import dev.farpool.v1.PoolOpened;
import dev.farpool.v1.RecallAttempts;
import dev.farpool.v1.Registered;
import dev.farpool.v1.StartAttempts;
import dev.farpool.v1.StopAttempts;
import dev.farpool.v1.TaskBatch;
import java.util.List;

/**
 * What a coordinator must send. A worker believes its coordinator, but a broken or newer one must
 * not break the worker's own state.
 */
final class CoordinatorCheck {
  private static final int DIGEST_BYTES = 32;
  private static final int LAST_SIGNAL = 64;

  private CoordinatorCheck() {}

  /**
   * Checks a message.
   *
   * @param first whether it is the first of its stream
   * @throws IllegalArgumentException if it cannot be; the text names the field
   */
  static void check(AttachResponse message, boolean first) {
    require(message.hasRegistered() == first, "registered must be in the first message, and there");
    if (first) {
      registered(message.getRegistered());
    }
    message.getOpenedList().forEach(CoordinatorCheck::opened);
    for (FunctionsDefined defined : message.getFunctionsList()) {
      defined.getFunctionsList().forEach(CoordinatorCheck::function);
    }
    message.getStartList().forEach(CoordinatorCheck::start);
    message.getStopList().forEach(CoordinatorCheck::stop);
    for (RecallAttempts recall : message.getRecallList()) {
      ranges(recall.getTasksList(), "recall.tasks");
    }
    for (OutputTaken taken : message.getOutputTakenList()) {
      require(taken.getBytes() >= 0, "output_taken.bytes must be below 2^63");
    }
  }

  private static void registered(Registered registered) {
    require(!registered.getCoordinatorId().isEmpty(), "registered.coordinator_id must be set");
    time(registered.getHeartbeatInterval(), "registered.heartbeat_interval");
    time(registered.getLease(), "registered.lease");
    require(registered.getOutputWindow() >= 0, "registered.output_window must be below 2^31");
  }

  private static void time(Duration time, String field) {
    boolean above = time.getSeconds() > 0 || (time.getSeconds() == 0 && time.getNanos() > 0);
    require(above, field + " must be above 0");
  }

  private static void opened(PoolOpened opened) {
    require(!opened.getPoolId().isEmpty(), "opened.pool_id must be set");
    for (CodePart part : opened.getSpec().getCode().getPartsList()) {
      blob(part.getBlob(), "opened.spec.code.parts.blob");
    }
    if (opened.getSpec().hasInitializer()) {
      definition(opened.getSpec().getInitializer().getFunction());
    }
  }

  private static void function(FunctionDefinition function) {
    require(function.getNumber() > 0, "functions.number must be at least 1");
    definition(function);
  }

  private static void definition(FunctionDefinition function) {
    if (function.hasBlob()) {
      blob(function.getBlob(), "functions.blob");
    }
  }

  private static void blob(BlobRef blob, String field) {
    require(
        blob.getSha256().size() == DIGEST_BYTES && blob.getSize() >= 0,
        field + " must be the name of a blob");
  }

  private static void start(StartAttempts start) {
    TaskBatch batch = start.getBatch();
    require(start.getSlots() >= 0, "start.slots must be below 2^31");
    require(start.getAttempt() > 0, "start.attempt must be at least 1");
    require(batch.getOptions().getCores() >= 0, "start.batch.options.cores must be below 2^31");
    int count =
        switch (batch.getTasksCase()) {
          case JAVA -> javaCalls(batch.getJava());
          case STATIC_METHODS -> batch.getStaticMethods().getCallsCount();
          case COMMANDS -> batch.getCommands().getCommandsCount();
          case TASKS_NOT_SET -> 0;
        };
    require(count > 0, "start.batch must have tasks of a known kind");
    require(
        batch.getFirstIndex() >= 0 && batch.getFirstIndex() <= Long.MAX_VALUE - count,
        "start.batch.first_index must be below 2^63");
  }

  private static int javaCalls(JavaCalls calls) {
    if (calls.hasArgumentBlob()) {
      blob(calls.getArgumentBlob(), "start.batch.java.argument_blob");
      return 1;
    }
    long sum = 0;
    for (int i = 0; i < calls.getSizesCount(); i++) {
      sum += Integer.toUnsignedLong(calls.getSizes(i));
    }
    require(
        sum == calls.getArguments().size(),
        "start.batch.java.sizes must add up to the bytes of arguments");
    return calls.getSizesCount();
  }

  private static void stop(StopAttempts stop) {
    ranges(stop.getTasksList(), "stop.tasks");
    require(
        !stop.hasSignal() || (stop.getSignal() > 0 && stop.getSignal() <= LAST_SIGNAL),
        "stop.signal must be 1 to " + LAST_SIGNAL);
  }

  private static void ranges(List<IndexRange> ranges, String field) {
    for (IndexRange range : ranges) {
      require(
          range.getFirst() >= 0
              && range.getCount() > 0
              && range.getFirst() <= Long.MAX_VALUE - range.getCount(),
          field + " must not be empty, and end below 2^63");
    }
  }

  private static void require(boolean held, String must) {
    if (!held) {
      throw new IllegalArgumentException(must);
    }
  }
}
