package dev.farpool.coordinator.core;

import java.util.Arrays;
import java.util.Map;

/**
 * A batch of tasks as it was submitted, and where each of them is.
 *
 * <p>There is no object for a task. A slab none of whose tasks was ever touched knows them by their
 * count; then it has four bytes for each, and one more after an attempt was lost.
 */
final class Slab {
  private static final int WAITING = 0;
  private static final int ENDED = -1;
  private static final long OWN_BYTES = 200;
  private static final long TASK_BYTES = 5;

  final long first;
  final long arrival;
  final Terms terms;
  final Payload payload;

  /** Null if its tasks are not traced. */
  final SlabTrace trace;

  /** When it came here. */
  final long submittedNanos;

  /** How much of the heap it takes, roughly. */
  final long heapBytes;

  /** When tasks that were never started give up; {@link Long#MAX_VALUE} for never. */
  final long startDeadlineNanos;

  private final int count;
  private int waiting;
  private int held;

  /**
   * For each task 0 while it waits, the number of the worker that holds it, −1 when it has ended,
   * or −1 − the number of the worker that still has to let go of it though it has its outcome.
   */
  private int[] holders;

  private byte[] lost;

  /**
   * @param trace null for none
   * @param submittedNanos when it came here
   * @param startableNanos from when on its tasks could be started, but for what goes before them
   */
  Slab(
      long first,
      long arrival,
      Terms terms,
      Payload payload,
      SlabTrace trace,
      long submittedNanos,
      long startableNanos) {
    this.first = first;
    this.arrival = arrival;
    this.terms = terms;
    this.payload = payload;
    this.trace = trace;
    this.submittedNanos = submittedNanos;
    this.count = payload.count();
    long traceBytes = trace == null ? 0 : trace.heapBytes();
    this.heapBytes = OWN_BYTES + TASK_BYTES * count + payload.heapBytes() + traceBytes;
    this.waiting = count;
    long timeout = terms.queueTimeoutNanos();
    this.startDeadlineNanos = timeout == Long.MAX_VALUE ? timeout : startableNanos + timeout;
  }

  int count() {
    return count;
  }

  long end() {
    return first + count;
  }

  boolean contains(long index) {
    return index >= first && index < first + count;
  }

  /** How many of its tasks wait. */
  int waiting() {
    return waiting;
  }

  /** Whether no task waits and no worker holds one. */
  boolean isSpent() {
    return waiting == 0 && held == 0;
  }

  boolean isUntouched() {
    return holders == null;
  }

  boolean isWaiting(long index) {
    return holders == null || holders[at(index)] == WAITING;
  }

  boolean hasOutcome(long index) {
    return holders != null && holders[at(index)] < 0;
  }

  /** The worker that holds a task, also one that has its outcome already; 0 for none. */
  int holder(long index) {
    int holder = holders == null ? WAITING : holders[at(index)];
    return holder >= 0 ? holder : -1 - holder;
  }

  /** The number of a task's current or next attempt. */
  int attempt(long index) {
    return 1 + lostAttempts(index);
  }

  int lostAttempts(long index) {
    return lost == null ? 0 : Byte.toUnsignedInt(lost[at(index)]);
  }

  /** Gives waiting tasks to a worker. */
  void hold(long from, int tasks, int worker) {
    Arrays.fill(holders(), at(from), at(from) + tasks, worker);
    waiting -= tasks;
    held += tasks;
  }

  /** Whether this is the attempt that counts: the worker's report about it changes something. */
  boolean isCurrent(long index, int worker, int attempt) {
    return holders != null && holders[at(index)] == worker && attempt(index) == attempt;
  }

  /** Whether a worker has a task that has no outcome. */
  boolean isRunning(long index) {
    return holders != null && holders[at(index)] > WAITING;
  }

  /** Whether a worker still has to let go of a task that has its outcome. */
  boolean isStopping(long index, int worker) {
    return holders != null && holders[at(index)] == -1 - worker;
  }

  /** A held task has its outcome, and its worker has let go of it. */
  void endHeld(long index) {
    holders[at(index)] = ENDED;
    held--;
  }

  /** A held task has its outcome, but its worker has still to let go of it. */
  void stopHeld(long index) {
    int at = at(index);
    holders[at] = -1 - holders[at];
  }

  /** A waiting task has its outcome. */
  void endWaiting(long index) {
    holders()[at(index)] = ENDED;
    waiting--;
  }

  /** Every task without an outcome gets one. */
  void endAll(IndexRanges ended, Map<Integer, IndexRanges> stopped) {
    if (isUntouched()) {
      ended.add(first, end());
    } else {
      for (int i = 0; i < count; i++) {
        if (holders[i] >= WAITING) {
          ended.add(first + i);
          end(i, stopped);
        }
      }
    }
    waiting = 0;
  }

  /** Adds the tasks that a worker holds, those included that it still has to let go of. */
  void addHeld(int worker, IndexRanges to) {
    for (int i = 0; holders != null && i < count; i++) {
      if (holders[i] == worker || holders[i] == -1 - worker) {
        to.add(first + i);
      }
    }
  }

  private void end(int at, Map<Integer, IndexRanges> stopped) {
    int worker = holders[at];
    holders[at] = -1 - worker; // Which is the mark of an ended task where there was no worker.
    if (worker != WAITING) {
      stopped.computeIfAbsent(worker, none -> new IndexRanges()).add(first + at);
    }
  }

  /** A held task waits again. */
  void release(long index) {
    holders[at(index)] = WAITING;
    held--;
    waiting++;
  }

  /** The current attempt of a task has ended without an answer. */
  void countLost(long index) {
    lost()[at(index)]++;
  }

  /** The current attempt of a held task has this number. */
  void setAttempt(long index, int attempt) {
    if (attempt != attempt(index)) {
      lost()[at(index)] = (byte) (attempt - 1);
    }
  }

  /** A held task is at another worker than it was thought to be. */
  void move(long index, int worker, int attempt) {
    holders[at(index)] = worker;
    setAttempt(index, attempt);
  }

  private byte[] lost() {
    if (lost == null) {
      lost = new byte[count];
    }
    return lost;
  }

  private int[] holders() {
    if (holders == null) {
      holders = new int[count];
    }
    return holders;
  }

  /** The place of a task within the slab. */
  int at(long index) {
    return (int) (index - first);
  }
}
