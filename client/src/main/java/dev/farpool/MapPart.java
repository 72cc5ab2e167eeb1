package dev.farpool;

import dev.farpool.call.HandBack;
import dev.farpool.core.Outcome;
import dev.farpool.core.TaskSink;
import dev.farpool.v1.TraceContext;

/** A task of a map: consecutive items. */
final class MapPart implements TaskSink {
  private final MapResult<?> map;
  private final int from;

  /** Fewer than at first when it has handed back some; changed under the map's lock. */
  private volatile int count;

  private volatile boolean handedBack;
  private volatile long index;
  private volatile boolean submitted;
  private volatile Outcome outcome;

  MapPart(MapResult<?> map, int from, int count) {
    this.map = map;
    this.from = from;
    this.count = count;
  }

  @Override
  public void indexed(long index) {
    this.index = index;
    submitted = true;
  }

  @Override
  public void accept(Outcome outcome) {
    map.came(this, outcome);
  }

  @Override
  public void noted(byte[] note) {
    map.handedBack(this, HandBack.read(note));
  }

  @Override
  public TraceContext trace() {
    return map.context();
  }

  int from() {
    return from;
  }

  int count() {
    return count;
  }

  /** Leaves it its first items, all of which have begun. */
  void keep(int count) {
    this.count = count;
    handedBack = true;
  }

  long index() {
    return index;
  }

  /** Whether the cluster has it, or will. */
  boolean isUnderWay() {
    return submitted && outcome == null;
  }

  /** Whether it may have items that it has not begun. */
  boolean canHandBack() {
    return isUnderWay() && count > 1 && !handedBack;
  }

  Outcome outcome() {
    return outcome;
  }

  void end(Outcome outcome) {
    this.outcome = outcome;
  }

  /** Gives the outcome away, so that its bytes are not kept beside what they stand for. */
  Outcome takeOutcome() {
    Outcome taken = outcome;
    outcome = null;
    return taken;
  }
}
