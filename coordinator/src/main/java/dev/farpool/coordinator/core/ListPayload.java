package dev.farpool.coordinator.core;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.farpool.v1.Command;
import dev.farpool.v1.Commands;
import dev.farpool.v1.StaticMethodCall;
import dev.farpool.v1.StaticMethodCalls;
import dev.farpool.v1.TaskBatch;
import java.util.ArrayList;
import java.util.List;

/** Tasks that are messages of their own; as they came, or stored as they are on the wire. */
abstract class ListPayload<T extends MessageLite> implements Payload {
  private static final long OBJECT_BYTES = 200;

  private final Parser<T> parser;
  private final int[] offsets;
  private final List<T> tasks;
  private final Bytes stored;

  /**
   * @param stored null if there are only the messages
   */
  private ListPayload(Parser<T> parser, List<T> tasks, Bytes stored) {
    this.parser = parser;
    this.offsets = new int[tasks.size() + 1];
    for (int i = 0; i < tasks.size(); i++) {
      offsets[i + 1] = offsets[i] + tasks.get(i).getSerializedSize();
    }
    this.tasks = stored == null ? tasks : List.of();
    this.stored = stored;
  }

  @Override
  public int count() {
    return offsets.length - 1;
  }

  @Override
  public long bytes(int from, int to) {
    return (long) offsets[to] - offsets[from] + 4L * (to - from);
  }

  @Override
  public long heapBytes() {
    return stored == null ? 2 * bytes(0, count()) + OBJECT_BYTES * count() : stored.heapBytes();
  }

  @Override
  public void release() {
    if (stored != null) {
      stored.release();
    }
  }

  final List<T> tasks(int from, int to) {
    if (stored == null) {
      return tasks.subList(from, to);
    }
    ByteString bytes = stored.slice(offsets[from], offsets[to]);
    List<T> parsed = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      parsed.add(
          parse(bytes.substring(offsets[i] - offsets[from], offsets[i + 1] - offsets[from])));
    }
    return parsed;
  }

  private T parse(ByteString bytes) {
    try {
      return parser.parseFrom(bytes);
    } catch (InvalidProtocolBufferException notWhatWasStored) {
      throw new IllegalStateException(notWhatWasStored);
    }
  }

  /** Calls of static methods. */
  static final class StaticMethods extends ListPayload<StaticMethodCall> {
    StaticMethods(StaticMethodCalls calls, Bytes stored) {
      super(StaticMethodCall.parser(), calls.getCallsList(), stored);
    }

    @Override
    public void cut(int from, int to, TaskBatch.Builder out) {
      out.setStaticMethods(StaticMethodCalls.newBuilder().addAllCalls(tasks(from, to)));
    }
  }

  /** Commands, each a process of its own. */
  static final class CommandLines extends ListPayload<Command> {
    CommandLines(Commands commands, Bytes stored) {
      super(Command.parser(), commands.getCommandsList(), stored);
    }

    @Override
    public void cut(int from, int to, TaskBatch.Builder out) {
      out.setCommands(Commands.newBuilder().addAllCommands(tasks(from, to)));
    }
  }
}
