package dev.farpool.coordinator.core;

import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.JoinPoolResponse;
import dev.farpool.v1.ReadTaskOutputResponse;
import dev.farpool.v1.ResultsResponse;

/**
 * What the {@link Scheduler} wants done outside. Peers are named by the numbers their calls were
 * given when they were announced; a number without an open call is passed over.
 *
 * <p>Implementations must not call the scheduler back from within a method.
 */
public interface Effects {
  /**
   * Sends to a worker.
   *
   * @return whether it takes more now; if not, {@link Scheduler#workerReady} follows when it does
   */
  boolean send(long link, AttachResponse message);

  /** Ends a worker's stream; the worker may come back on another. */
  void endLink(long link, String message);

  /**
   * Sends to a client that follows a pool.
   *
   * @return whether it takes more now; if not, {@link Scheduler#resultsReady} follows when it does
   */
  boolean deliver(long call, ResultsResponse message);

  /** Ends a call that follows a pool, after its last message. */
  void completeResults(long call);

  /** Ends a call that follows a pool because another call has taken over. */
  void supersedeResults(long call);

  /**
   * Sends to a call that reads what a task prints.
   *
   * @return whether it takes more now; if not, {@link Insight#outputReady} follows when it does
   */
  boolean print(long call, ReadTaskOutputResponse message);

  /** Ends a call that reads what a task prints, after its last message. */
  void completePrint(long call);

  /** Answers a call that waited for a pool. */
  void joined(long call, JoinPoolResponse response);
}
