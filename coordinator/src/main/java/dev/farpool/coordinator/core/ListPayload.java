package dev.farpool.coordinator.core;

import com.google.protobuf.MessageLite;
import dev.farpool.v1.Command;
import dev.farpool.v1.Commands;
import dev.farpool.v1.StaticMethodCall;
import dev.farpool.v1.StaticMethodCalls;
import dev.farpool.v1.TaskBatch;
import java.util.List;

/** Tasks that are messages of their own. */
abstract class ListPayload<T extends MessageLite> implements Payload {
  final List<T> tasks;

  private ListPayload(List<T> tasks) {
    this.tasks = tasks;
  }

  @Override
  public int count() {
    return tasks.size();
  }

  @Override
  public long bytes(int from, int to) {
    long bytes = 0;
    for (int i = from; i < to; i++) {
      bytes += tasks.get(i).getSerializedSize() + 4;
    }
    return bytes;
  }

  /** Calls of static methods. */
  static final class StaticMethods extends ListPayload<StaticMethodCall> {
    StaticMethods(List<StaticMethodCall> calls) {
      super(calls);
    }

    @Override
    public void cut(int from, int to, TaskBatch.Builder out) {
      out.setStaticMethods(StaticMethodCalls.newBuilder().addAllCalls(tasks.subList(from, to)));
    }
  }

  /** Commands, each a process of its own. */
  static final class CommandLines extends ListPayload<Command> {
    CommandLines(List<Command> commands) {
      super(commands);
    }

    @Override
    public void cut(int from, int to, TaskBatch.Builder out) {
      out.setCommands(Commands.newBuilder().addAllCommands(tasks.subList(from, to)));
    }
  }
}
