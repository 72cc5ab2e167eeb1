package dev.farpool.coordinator.core;

/** What waiting tasks and kept results take: those of one pool, or of all together. */
final class Held {
  private final Held whole;
  private long heapBytes;
  private long tasks;

  Held() {
    this(null);
  }

  private Held(Held whole) {
    this.whole = whole;
  }

  /** A part of it, for one pool. */
  Held part() {
    return new Held(this);
  }

  void add(long moreHeapBytes) {
    heapBytes += moreHeapBytes;
    if (whole != null) {
      whole.add(moreHeapBytes);
    }
  }

  void addTasks(long more) {
    tasks += more;
    if (whole != null) {
      whole.addTasks(more);
    }
  }

  /** How much of the heap, roughly: payload, and what it takes to know of it. */
  long heapBytes() {
    return heapBytes;
  }

  /** How many tasks are in batches that have not ended as a whole. */
  long tasks() {
    return tasks;
  }
}
