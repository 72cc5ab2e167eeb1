package dev.farpool.worker.core;

import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttemptOutput;
import dev.farpool.v1.TaskOutput;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/** What the tasks of one pool printed and the coordinator was not told yet, the oldest first. */
final class PoolOutput {
  private static final int MOST_BYTES = 4 * 1024 * 1024;
  private static final int HIGH_BYTES = 1024 * 1024;
  private static final int LOW_BYTES = 256 * 1024;

  private record Piece(int attempt, TaskOutput output) {
    int size() {
      return output.getData().size();
    }
  }

  /** The executors that are not listened to because of it. */
  final Set<Long> unheard = new LinkedHashSet<>();

  private final Deque<Piece> waiting = new ArrayDeque<>();
  private int bytes;
  private long added;
  private long dropped;
  private long untaken;

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Whether those who print are better not listened to. */
  boolean isHigh() {
    return bytes > HIGH_BYTES;
  }

  /** Whether all can be listened to. */
  boolean isLow() {
    return bytes < LOW_BYTES;
  }

  /** How much was ever added, in pieces. */
  long added() {
    return added;
  }

  /** Up to which piece everything is gone. */
  long gone() {
    return added - waiting.size();
  }

  /** Adds a piece. */
  void add(int attempt, TaskOutput output) {
    waiting.addLast(new Piece(attempt, output));
    bytes += output.getData().size();
    added++;
  }

  /** Where there is far too much the oldest goes, and is counted. */
  void dropExcess() {
    while (bytes > MOST_BYTES) {
      dropped += poll().size();
    }
  }

  /**
   * Whether some of it can be sent.
   *
   * @param window how much may be sent beyond what was taken; 0 for any number of bytes
   */
  boolean maySend(int window) {
    return !waiting.isEmpty() && (window == 0 || untaken < window);
  }

  /**
   * Moves the oldest pieces into a message.
   *
   * @return how many bytes they have
   */
  int moveTo(AttachRequest.Builder message, long poolNumber, int most, int window) {
    int moved = 0;
    while (moved < most && maySend(window)) {
      Piece piece = poll();
      moved += piece.size();
      untaken += piece.size();
      message.addOutput(
          AttemptOutput.newBuilder()
              .setPool(poolNumber)
              .setAttempt(piece.attempt())
              .setOutput(withGap(piece.output())));
    }
    return moved;
  }

  private TaskOutput withGap(TaskOutput output) {
    TaskOutput told = dropped == 0 ? output : output.toBuilder().setDropped(dropped).build();
    dropped = 0;
    return told;
  }

  private Piece poll() {
    Piece piece = waiting.pollFirst();
    bytes -= piece.size();
    return piece;
  }

  /** So much more may be sent. */
  void taken(long more) {
    untaken = Math.max(0, untaken - more);
  }

  /** On another stream nothing was sent yet. */
  void startAnew() {
    untaken = 0;
  }

  void clear() {
    waiting.clear();
    bytes = 0;
  }
}
