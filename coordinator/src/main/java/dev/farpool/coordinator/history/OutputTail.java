package dev.farpool.coordinator.history;

import com.google.protobuf.ByteString;
import dev.farpool.v1.OutputPiece;
import dev.farpool.v1.TaskOutput;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The end of what one task printed. Every byte has a place, counted from the first that was ever
 * printed, so that a reader knows what it has missed.
 */
public final class OutputTail {
  static final int MOST_BYTES = 16 << 10;
  static final int OVERHEAD = 64;

  /**
   * A piece that is kept.
   *
   * @param from the place of its first byte
   */
  private record Kept(long from, OutputPiece piece) {
    int size() {
      return OVERHEAD + piece.getData().size();
    }
  }

  private final Deque<Kept> pieces = new ArrayDeque<>();
  private long end;
  private int bytes;

  /** The place behind the last byte. */
  public long end() {
    return end;
  }

  /** How much of the heap it takes, roughly. */
  int bytes() {
    return bytes;
  }

  void add(int attempt, TaskOutput output) {
    ByteString data = output.getData();
    int cut = Math.max(0, data.size() - (MOST_BYTES - OVERHEAD));
    // A view would keep the whole of it.
    ByteString kept = cut == 0 ? data : ByteString.copyFrom(data.substring(cut).toByteArray());
    OutputPiece piece =
        OutputPiece.newBuilder()
            .setAttempt(attempt)
            .setStderr(output.getStderr())
            .setData(kept)
            .build();
    Kept last = new Kept(end + Math.max(0, output.getDropped()) + cut, piece);
    pieces.add(last);
    bytes += last.size();
    end = last.from + kept.size();
    while (bytes > MOST_BYTES) {
      bytes -= pieces.poll().size();
    }
  }

  /** What is kept from a place on, each piece with what is missing before it. */
  public List<OutputPiece> from(long place) {
    List<OutputPiece> found = new ArrayList<>();
    long reached = place;
    for (Kept kept : pieces) {
      if (kept.from >= reached) {
        found.add(kept.piece.toBuilder().setDropped(kept.from - reached).build());
        reached = kept.from + kept.piece.getData().size();
      }
    }
    return found;
  }
}
