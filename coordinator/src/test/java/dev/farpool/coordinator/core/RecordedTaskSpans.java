package dev.farpool.coordinator.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Keeps what is told of traced tasks. */
final class RecordedTaskSpans implements TaskSpans {
  final List<TaskSpan> ended = new ArrayList<>();
  private long lastId;

  @Override
  public long newId() {
    return ++lastId;
  }

  @Override
  public void ended(TaskSpan span) {
    ended.add(span);
  }

  /** Each span is told once, and none ends before it begins. */
  void check() {
    Set<Long> ids = new HashSet<>();
    for (TaskSpan span : ended) {
      if (!ids.add(span.id()) || span.endNanos() < span.startNanos()) {
        throw new AssertionError("told twice, or ends before it begins: " + span);
      }
    }
  }

  /** What was told since the last call, one line each. */
  List<String> take() {
    List<String> lines = ended.stream().map(RecordedTaskSpans::line).toList();
    ended.clear();
    return lines;
  }

  private static String line(TaskSpan span) {
    String line = span.phase() + " " + span.index() + "#" + span.attempt();
    line += span.worker().isEmpty() ? "" : " at " + span.worker();
    line += " " + (span.endNanos() - span.startNanos()) / 1_000_000 + " ms";
    line += span.returned() ? " returned" : "";
    return span.result() == null ? line : line + " " + span.result().getFailure().getKind();
  }
}
