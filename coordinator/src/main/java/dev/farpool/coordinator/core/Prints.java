package dev.farpool.coordinator.core;

import dev.farpool.v1.ResultsResponse;
import dev.farpool.v1.TaskOutput;
import dev.farpool.v1.TaskStarted;
import java.util.ArrayDeque;

/**
 * What is shown while the tasks of one pool run: output and starts that wait for the client. It is
 * bounded; the oldest goes first, and the gap is told.
 */
final class Prints {
  static final long MAX_OUTPUT_BYTES = 4L << 20;
  static final int MAX_STARTS = 20_000;
  private static final long OVERHEAD = 64;

  private final ArrayDeque<TaskOutput> output = new ArrayDeque<>();
  private final ArrayDeque<TaskStarted> starts = new ArrayDeque<>();
  private long bytes;
  private long dropped;

  boolean isEmpty() {
    return output.isEmpty() && starts.isEmpty();
  }

  boolean hasOutput() {
    return !output.isEmpty();
  }

  void add(TaskOutput piece) {
    output.add(piece);
    bytes += size(piece);
    while (bytes > MAX_OUTPUT_BYTES && output.size() > 1) {
      TaskOutput oldest = output.poll();
      bytes -= size(oldest);
      dropped += oldest.getData().size() + oldest.getDropped();
    }
  }

  void add(TaskStarted start) {
    starts.add(start);
    if (starts.size() > MAX_STARTS) {
      starts.poll();
    }
  }

  /** Moves what waits into a message, output up to about so many bytes. */
  void drainTo(ResultsResponse.Builder message, long maxBytes) {
    starts.forEach(message::addStarted);
    starts.clear();
    long taken = 0;
    while (!output.isEmpty() && (taken == 0 || taken + size(output.peek()) <= maxBytes)) {
      TaskOutput piece = output.poll();
      bytes -= size(piece);
      taken += size(piece);
      message.addOutput(dropped == 0 ? piece : withGap(piece));
    }
  }

  private TaskOutput withGap(TaskOutput piece) {
    TaskOutput told = piece.toBuilder().setDropped(piece.getDropped() + dropped).build();
    dropped = 0;
    return told;
  }

  private static long size(TaskOutput piece) {
    return OVERHEAD + piece.getData().size();
  }
}
