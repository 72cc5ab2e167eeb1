package dev.farpool.worker.testing;

import com.google.protobuf.ByteString;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.AttemptsFinished;
import dev.farpool.v1.AttemptsReturned;
import dev.farpool.v1.Command;
import dev.farpool.v1.Commands;
import dev.farpool.v1.Failure;
import dev.farpool.v1.JavaCalls;
import dev.farpool.v1.StartAttempts;
import dev.farpool.v1.StaticMethodCall;
import dev.farpool.v1.StaticMethodCalls;
import dev.farpool.v1.StopAttempts;
import dev.farpool.v1.TaskBatch;
import dev.farpool.v1.TaskResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The tasks that a {@link FakeCoordinator} gave out. Those that come back are given out again when
 * a core is free: a worker that returns what it has no room for would return it for ever. Not
 * thread-safe.
 */
final class HandedOut {
  private final List<StartAttempts> started = new ArrayList<>();
  private final Set<Long> stopped = new HashSet<>();
  private final Set<Long> there = new HashSet<>();
  private final Deque<Long> back = new ArrayDeque<>();

  void started(StartAttempts start) {
    started.add(start);
    long first = start.getBatch().getFirstIndex();
    LongStream.range(first, first + count(start.getBatch())).forEach(there::add);
  }

  void finished(AttemptsFinished finished) {
    finished.getBlock().getIndexesList().forEach(there::remove);
    finished.getResultsList().forEach(result -> there.remove(result.getIndex()));
  }

  void stopped(StopAttempts stop) {
    stop.getTasksList().forEach(range -> stopped.add(range.getFirst()));
  }

  void returned(AttemptsReturned returned) {
    for (long index : returned.getIndexesList()) {
      there.remove(index);
      if (!stopped.contains(index)) {
        back.add(index);
      }
    }
  }

  /** Gives out what came back, as far as there are cores for it. */
  void repeat(int cores, AttachResponse.Builder answer) {
    while (!back.isEmpty() && there.size() < cores) {
      long index = back.remove();
      there.add(index);
      for (StartAttempts start : started) {
        int at = (int) (index - start.getBatch().getFirstIndex());
        if (at >= 0 && at < count(start.getBatch())) {
          answer.addStart(start.toBuilder().setBatch(only(start.getBatch(), at)));
        }
      }
    }
  }

  /** The outcomes of those that came back and were to be stopped. */
  List<TaskResult> cancelled(AttemptsReturned returned) {
    Failure failure = Failure.newBuilder().setKind(Failure.Kind.KIND_CANCELLED).build();
    return returned.getIndexesList().stream()
        .filter(stopped::contains)
        .map(index -> TaskResult.newBuilder().setIndex(index).setFailure(failure).build())
        .toList();
  }

  private static int count(TaskBatch batch) {
    return switch (batch.getTasksCase()) {
      case JAVA -> batch.getJava().hasArgumentBlob() ? 1 : batch.getJava().getSizesCount();
      case STATIC_METHODS -> batch.getStaticMethods().getCallsCount();
      case COMMANDS -> batch.getCommands().getCommandsCount();
      case TASKS_NOT_SET -> 0;
    };
  }

  private static TaskBatch only(TaskBatch batch, int at) {
    TaskBatch.Builder one = batch.toBuilder().setFirstIndex(batch.getFirstIndex() + at);
    if (batch.hasStaticMethods()) {
      StaticMethodCall call = batch.getStaticMethods().getCalls(at);
      return one.setStaticMethods(StaticMethodCalls.newBuilder().addCalls(call)).build();
    }
    if (batch.hasCommands()) {
      Command command = batch.getCommands().getCommands(at);
      return one.setCommands(Commands.newBuilder().addCommands(command)).build();
    }
    JavaCalls calls = batch.getJava();
    if (count(batch) == 1) {
      return batch;
    }
    int from = calls.getSizesList().subList(0, at).stream().mapToInt(size -> size).sum();
    int to = from + calls.getSizes(at);
    ByteString arguments = calls.getArguments().substring(from, to);
    return one.setJava(calls.toBuilder().clearSizes().addSizes(to - from).setArguments(arguments))
        .build();
  }
}
