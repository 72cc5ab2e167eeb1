package dev.farpool.worker.core;

import java.util.HashSet;
import java.util.Set;

/** An executor as the agent sees it: how far it is in its life, and what it was given to do. */
final class Pipeline {
  /** Where an executor is in its life. */
  enum State {
    /** Its process is being started. */
    STARTING,
    /** It has connected and is setting up. */
    SETTING_UP,
    /** It takes tasks. */
    READY,
    /** It takes no more tasks; it will be gone soon. */
    LEAVING
  }

  final long id;
  final HeldPool pool;
  final InFlight inFlight;
  final Set<Integer> functions = new HashSet<>();
  State state = State.STARTING;
  long pid;

  /** When the task that runs was started, as far as one can see from here. */
  long headStartedNanos;

  /** Whether it had waited for the task that runs. */
  boolean hadWaited;

  /** Whether it was started before its pool was known. */
  boolean spare;

  /** Whether it was given a task that is not a command. */
  boolean ranCode;

  /** Since when it has had nothing to do. */
  long idleSinceNanos;

  /** How many tasks were given to it in its life. */
  int given;

  /** Whether tasks were asked back of which nothing was heard yet. */
  boolean recalling;

  /** The first sequence whose start was not reported yet. */
  long reportedStarts;

  /** What is being done to end the running task; null if nothing. */
  Stop stop;

  /** How many slots are taken by a task that was given up, until its processes are gone. */
  private int abandonedSlots;

  Pipeline(long id, HeldPool pool) {
    this(id, pool, 0);
  }

  /**
   * @param sequence the one of the first task it gets from this pool
   */
  Pipeline(long id, HeldPool pool, long sequence) {
    this.id = id;
    this.pool = pool;
    this.inFlight = new InFlight(sequence);
  }

  /** The coordinator may not have heard of the task that runs. */
  void reportStartAgain() {
    reportedStarts = Math.min(reportedStarts, inFlight.done());
  }

  /** Whether its slot is taken: by a task, or until the processes of its last one are gone. */
  boolean isBusy() {
    return !inFlight.isEmpty() || state == State.LEAVING;
  }

  /** Whether it can be given a task now. */
  boolean takesTasks() {
    return state == State.READY && !recalling && stop == null && !inFlight.hasGap();
  }

  /** How many slots its tasks take. */
  int slots() {
    return inFlight.isEmpty() ? 1 : inFlight.headBatch().cores();
  }

  /** How many slots its task takes of the worker's cores, whoever still waits for the task. */
  int coresTaken() {
    return inFlight.isEmpty() ? abandonedSlots : slots();
  }

  /** Forgets its tasks; it is to be killed. */
  void abandon() {
    abandonedSlots = coresTaken();
    inFlight.cut(0);
    state = State.LEAVING;
  }

  boolean isStarting() {
    return state == State.STARTING || state == State.SETTING_UP;
  }

  boolean isIdle() {
    return state == State.READY && inFlight.isEmpty();
  }
}
