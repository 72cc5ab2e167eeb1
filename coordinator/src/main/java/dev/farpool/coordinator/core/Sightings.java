package dev.farpool.coordinator.core;

import dev.farpool.v1.RunningAttempt;
import java.util.List;

/** What a worker said last about what runs there. It is looked through only when somebody asks. */
final class Sightings {
  private List<RunningAttempt> attempts = List.of();
  private long heardNanos;

  void set(List<RunningAttempt> running, long nowNanos) {
    attempts = running;
    heardNanos = nowNanos;
  }

  List<RunningAttempt> all() {
    return attempts;
  }

  /** An attempt; null if it was not seen. */
  RunningAttempt find(Pool pool, long index, int attempt) {
    for (RunningAttempt seen : attempts) {
      if (seen.getIndex() == index
          && seen.getPool() == pool.number
          && seen.getAttempt() == attempt) {
        return seen;
      }
    }
    return null;
  }

  /** When an attempt that was seen was started. */
  long startedNanos(RunningAttempt seen) {
    return heardNanos - Math.max(0, seen.getElapsedNanos());
  }
}
