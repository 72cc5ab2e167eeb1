package dev.farpool.coordinator.core;

import dev.farpool.v1.ResultsResponse;
import dev.farpool.v1.TaskNote;
import dev.farpool.v1.TaskOutput;
import dev.farpool.v1.TaskStarted;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What is shown while the tasks of one pool run: output, starts and notes that wait for the client.
 * It is bounded; the oldest goes first, and a gap in output is told. Where the pool's output is
 * paced that does not happen: then its workers wait until what they sent is taken.
 */
final class Prints {
  static final long MAX_OUTPUT_BYTES = 4L << 20;

  /** The windows of more workers than print so much at once. */
  static final long MAX_PACED_BYTES = 32L << 20;

  static final int MAX_STARTS = 20_000;
  static final int MAX_NOTES = 1_000;
  private static final long OVERHEAD = 64;

  /** A piece of output, and what the pool has of the worker that sent it. */
  private record Piece(TaskOutput output, Allotment source) {
    long size() {
      return OVERHEAD + output.getData().size();
    }
  }

  private final boolean paced;
  private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
  private final ArrayDeque<TaskStarted> starts = new ArrayDeque<>();
  private final ArrayDeque<TaskNote> notes = new ArrayDeque<>();
  private final Set<Allotment> due = new LinkedHashSet<>();
  private long bytes;
  private long dropped;

  /**
   * @param paced whether workers wait until their output is taken
   */
  Prints(boolean paced) {
    this.paced = paced;
  }

  boolean isEmpty() {
    return pieces.isEmpty() && starts.isEmpty() && notes.isEmpty();
  }

  boolean hasOutput() {
    return !pieces.isEmpty();
  }

  void add(TaskOutput output, Allotment source) {
    Piece piece = new Piece(output, source);
    pieces.add(piece);
    bytes += piece.size();
    while (bytes > (paced ? MAX_PACED_BYTES : MAX_OUTPUT_BYTES) && pieces.size() > 1) {
      Piece oldest = poll();
      dropped += oldest.output.getData().size() + oldest.output.getDropped();
    }
  }

  private Piece poll() {
    Piece piece = pieces.poll();
    bytes -= piece.size();
    taken(piece.output, piece.source);
    return piece;
  }

  /** A worker need not wait for this output any more: it has left, or counts for nothing. */
  void taken(TaskOutput output, Allotment source) {
    if (paced && source.outputTaken(output.getData().size())) {
      due.add(source);
    }
  }

  /** Those whose workers are to be told how much was taken. */
  Set<Allotment> due() {
    return due;
  }

  void add(TaskStarted start) {
    starts.add(start);
    if (starts.size() > MAX_STARTS) {
      starts.poll();
    }
  }

  void add(TaskNote note) {
    notes.add(note);
    if (notes.size() > MAX_NOTES) {
      notes.poll();
    }
  }

  /** Moves what waits into a message, output up to about so many bytes. */
  void drainTo(ResultsResponse.Builder message, long maxBytes) {
    starts.forEach(message::addStarted);
    starts.clear();
    notes.forEach(message::addNotes);
    notes.clear();
    long taken = 0;
    while (!pieces.isEmpty() && (taken == 0 || taken + pieces.peek().size() <= maxBytes)) {
      Piece piece = poll();
      taken += piece.size();
      message.addOutput(dropped == 0 ? piece.output : withGap(piece.output));
    }
  }

  private TaskOutput withGap(TaskOutput output) {
    TaskOutput told = output.toBuilder().setDropped(output.getDropped() + dropped).build();
    dropped = 0;
    return told;
  }
}
