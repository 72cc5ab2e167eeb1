package dev.farpool.coordinator.core;

/**
 * What one pool has on one worker: slots, and the tasks handed out against them.
 *
 * <p>Tasks of one core share the pool's slots and may be prefetched; a wide task, of several cores,
 * brings slots of its own and takes them away when it ends.
 */
final class Allotment {
  private static final int REFILLS = 4;
  private static final int PORTIONS = 4;
  private static final long NO_BAN = Long.MIN_VALUE;

  final Pool pool;
  final Worker worker;

  /** The slots shared by tasks of one core. */
  private int shared;

  /** The most slots that were ever shared: so many executors may be warm there. */
  private int peak;

  private int narrowTasks;
  private int wideTasks;
  private int wideSlots;
  private int prefetch;

  /** How many tasks it is about to get in the running pass of the dispatcher. */
  int planned;

  /** Whether it is among the pool's allotments that may take more. */
  private boolean hungry;

  /** Whether the worker was told of the pool on its present connection. */
  boolean opened;

  /** How many of the pool's functions the worker was told on its present connection. */
  int functionsSent;

  /** How much of its output has left, and the worker was not told of it. */
  private long outputTaken;

  int startFailures;

  /** Until when it gets no tasks, as its executors failed to start; {@link #NO_BAN} for no ban. */
  private long bannedUntilNanos = NO_BAN;

  /** When its slots are free again although a released pool's tasks were not reported. */
  long releaseDeadlineNanos = Long.MAX_VALUE;

  Allotment(Pool pool, Worker worker) {
    this.pool = pool;
    this.worker = worker;
  }

  /** All slots of the pool there. */
  int slots() {
    return shared + wideSlots;
  }

  /** How many of the pool's tasks may run there at a time. */
  int lanes() {
    return shared + wideTasks;
  }

  int narrowTasks() {
    return narrowTasks;
  }

  int wideTasks() {
    return wideTasks;
  }

  /** Output of its tasks has left; whether the worker is to be told. */
  boolean outputTaken(long bytes) {
    outputTaken += bytes;
    return outputTaken >= SchedulerLimits.OUTPUT_WINDOW_BYTES / OutputPace.PORTIONS;
  }

  /** What is told now, or of no interest on a new connection. */
  long takeOutputTaken() {
    long bytes = outputTaken;
    outputTaken = 0;
    return bytes;
  }

  boolean isIdle() {
    return narrowTasks == 0 && wideTasks == 0;
  }

  boolean isBanned() {
    return bannedUntilNanos != NO_BAN;
  }

  void ban(long untilNanos) {
    pool.bans += isBanned() ? 0 : 1;
    bannedUntilNanos = untilNanos;
    startFailures = 0;
  }

  /** Ends a ban whose time is over; whether there was one. */
  boolean liftBan(long nowNanos) {
    if (!isBanned() || nowNanos < bannedUntilNanos) {
      return false;
    }
    bannedUntilNanos = NO_BAN;
    pool.bans--;
    return true;
  }

  boolean isWarm() {
    return shared < peak;
  }

  /**
   * How many tasks of one core it takes beyond those it has; 0 until a quarter of all is free, as a
   * few large messages cost less than many small ones.
   */
  int credit() {
    if (wideTasks > 0) {
      return 0;
    }
    long most = shared * (1L + prefetch);
    long free = most - narrowTasks;
    return free < most / REFILLS ? 0 : (int) Math.min(Integer.MAX_VALUE, free);
  }

  /** A message's worth of tasks: they begin within a quarter of the time that a task takes. */
  int portion() {
    return shared / PORTIONS;
  }

  /** Notes that it may take more tasks than it has. */
  void markHungry() {
    if (!hungry) {
      hungry = true;
      pool.hungry.add(this);
    }
  }

  /** Whether it takes no more than it is about to get; it is not hungry any more then. */
  boolean isSated() {
    hungry = credit() > planned;
    return !hungry;
  }

  /** Whether tasks wait there behind running ones. */
  boolean hasPrefetched() {
    return narrowTasks > shared;
  }

  void setPrefetch(int tasksPerSlot) {
    prefetch = tasksPerSlot;
  }

  /** Takes one more slot for tasks of one core. */
  void grantSlot() {
    shared++;
    peak = Math.max(peak, shared);
    worker.take(1);
    pool.addLanes(1);
  }

  void addNarrow(int tasks) {
    narrowTasks += tasks;
  }

  void addWide(int cores) {
    wideTasks++;
    wideSlots += cores;
    worker.take(cores);
    pool.addLanes(1);
  }

  /** A task of so many cores turns out to be there; {@link #bringSlots} follows for narrow ones. */
  void adopt(int cores) {
    if (cores == 1) {
      narrowTasks++;
    } else {
      wideTasks++;
      wideSlots += cores;
      worker.bring(cores);
      pool.bringLanes(1);
    }
  }

  /**
   * The worker came with adopted tasks of one core and used these slots for them.
   *
   * @param all of the pool there, those of wide tasks included; 0 for what its cores allow
   */
  void bringSlots(int all) {
    int used = all == 0 ? worker.cores() : Math.max(1, all - wideSlots);
    int more = Math.min(used, narrowTasks) - shared;
    if (more > 0) {
      shared += more;
      peak = Math.max(peak, shared);
      worker.bring(more);
      pool.bringLanes(more);
    }
  }

  /** A task has left the worker. {@link #settle} gives back what it took. */
  void removeTask(int cores) {
    if (cores == 1) {
      narrowTasks--;
    } else {
      wideTasks--;
      wideSlots -= cores;
      worker.take(-cores);
      pool.addLanes(-1);
    }
  }

  /** Gives back shared slots that have no task. */
  void settle() {
    int unused = shared - narrowTasks;
    if (unused > 0) {
      shared -= unused;
      worker.take(-unused);
      pool.addLanes(-unused);
      pool.warm.add(this);
    }
  }
}
