package dev.farpool.simulation.node;

import com.google.protobuf.ByteString;
import dev.farpool.worker.core.Command;
import java.util.ArrayList;
import java.util.List;

/** Results that an executor has gathered for one message. */
final class UnsentResults {
  private final List<ByteString> values = new ArrayList<>();
  private long firstIndex;
  private long ranNanos;

  boolean isEmpty() {
    return values.isEmpty();
  }

  void add(long index, ByteString value, long nanos) {
    if (values.isEmpty()) {
      firstIndex = index;
      ranNanos = 0;
    }
    values.add(value);
    ranNanos += nanos;
  }

  /** What tells the agent of them; they are not unsent any more. */
  Command take(long executor) {
    int[] sizes = values.stream().mapToInt(ByteString::size).toArray();
    ByteString bytes = ByteString.copyFrom(values);
    long first = firstIndex;
    long ran = ranNanos;
    values.clear();
    return (agent, now) -> agent.results(executor, ran, first, sizes, bytes, now);
  }
}
