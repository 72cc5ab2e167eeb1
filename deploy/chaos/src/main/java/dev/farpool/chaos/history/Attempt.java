package dev.farpool.chaos.history;

/**
 * One run of a task's code.
 *
 * @param task its id
 * @param start when it began, in nanoseconds
 * @param seen when it was last seen at work
 * @param ended whether it came to its end
 * @param pid of its executor
 * @param host where it ran
 */
public record Attempt(String task, long start, long seen, boolean ended, long pid, String host) {

  Attempt seenAt(long nanos) {
    return new Attempt(task, start, nanos, ended, pid, host);
  }

  Attempt endedAt(long nanos) {
    return new Attempt(task, start, nanos, true, pid, host);
  }

  /** For how long both ran; 0 or less if they did not. */
  long overlap(Attempt other) {
    return Math.min(seen, other.seen) - Math.max(start, other.start);
  }
}
