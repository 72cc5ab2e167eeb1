package dev.farpool.coordinator.core;

import java.time.Duration;

/**
 * The times and bounds the scheduler keeps.
 *
 * @param heartbeat how often workers are to give a sign of life
 * @param lease for how long a worker may run tasks after a sign of life that was acknowledged
 * @param suspect a worker that was silent for this long gets no new tasks
 * @param margin how long after the end of its lease a silent worker is given up; covers drift of
 *     clocks
 * @param sessionGrace a client that was silent for this long loses its session
 * @param startBan for how long a worker whose executors failed to start gets no tasks of that pool
 * @param maxAttempts how often a task is tried when nothing else is asked for
 * @param maxInlineBytes arguments and results above this go as blobs
 * @param maxHeldBytes what waiting tasks and kept results may take of the heap together, and one
 *     pool three quarters of it; above it submits are refused
 * @param maxHeldTasks tasks without an outcome; above it submits are refused
 */
public record SchedulerLimits(
    Duration heartbeat,
    Duration lease,
    Duration suspect,
    Duration margin,
    Duration sessionGrace,
    Duration startBan,
    int maxAttempts,
    int maxInlineBytes,
    long maxHeldBytes,
    long maxHeldTasks) {

  /** A value of 1 MiB, with what its encoding adds. */
  private static final int MIB_AND_ITS_ENCODING = (1 << 20) + (1 << 16);

  /** How much output of a pool a worker may have sent of which the client has taken nothing. */
  public static final int OUTPUT_WINDOW_BYTES = 1 << 18;

  /** What is right for a local network; 1 GiB of heap, 50 million tasks. */
  public static final SchedulerLimits DEFAULTS =
      new SchedulerLimits(
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(2),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          3,
          MIB_AND_ITS_ENCODING,
          1L << 30,
          50_000_000);

  /** Checks that the times fit together. */
  public SchedulerLimits {
    requirePositive(heartbeat, "heartbeat");
    requirePositive(margin, "margin");
    requirePositive(sessionGrace, "sessionGrace");
    requirePositive(startBan, "startBan");
    if (suspect.compareTo(heartbeat) <= 0 || lease.compareTo(suspect) < 0) {
      throw new IllegalArgumentException(
          "heartbeat, suspect, lease must grow in this order, not "
              + String.join(", ", heartbeat.toString(), suspect.toString(), lease.toString()));
    }
    if (maxAttempts < 1 || maxAttempts > 100) {
      throw new IllegalArgumentException("maxAttempts must be 1 to 100, not " + maxAttempts);
    }
    if (maxInlineBytes < 1 || maxHeldBytes < 1 || maxHeldTasks < 1) {
      throw new IllegalArgumentException(
          "maxInlineBytes, maxHeldBytes and maxHeldTasks must be at least 1");
    }
  }

  /** The same with another bound for what is held on the heap. */
  public SchedulerLimits withMaxHeldBytes(long bytes) {
    return new SchedulerLimits(
        heartbeat,
        lease,
        suspect,
        margin,
        sessionGrace,
        startBan,
        maxAttempts,
        maxInlineBytes,
        bytes,
        maxHeldTasks);
  }

  /** The same with another bound for the number of tasks. */
  public SchedulerLimits withMaxHeldTasks(long tasks) {
    return new SchedulerLimits(
        heartbeat,
        lease,
        suspect,
        margin,
        sessionGrace,
        startBan,
        maxAttempts,
        maxInlineBytes,
        maxHeldBytes,
        tasks);
  }

  /**
   * The same with another lease, and the other times of workers in their usual proportions to it.
   */
  public SchedulerLimits withLease(Duration time) {
    return new SchedulerLimits(
        time.dividedBy(5),
        time,
        time.dividedBy(2),
        time.dividedBy(5),
        sessionGrace,
        startBan,
        maxAttempts,
        maxInlineBytes,
        maxHeldBytes,
        maxHeldTasks);
  }

  /** The same with another grace for sessions. */
  public SchedulerLimits withSessionGrace(Duration grace) {
    return new SchedulerLimits(
        heartbeat,
        lease,
        suspect,
        margin,
        grace,
        startBan,
        maxAttempts,
        maxInlineBytes,
        maxHeldBytes,
        maxHeldTasks);
  }

  private static void requirePositive(Duration time, String name) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException(name + " must be above 0, not " + time);
    }
  }
}
