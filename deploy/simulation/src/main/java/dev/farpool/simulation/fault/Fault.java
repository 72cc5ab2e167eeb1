package dev.farpool.simulation.fault;

/**
 * Something that goes wrong.
 *
 * @param atMillis when
 * @param target which worker or client, or which executor of all; counted modulo how many there are
 * @param lengthMillis how long until it is made good
 */
public record Fault(int atMillis, Kind kind, int target, int lengthMillis) {
  /** What there is to go wrong. */
  public enum Kind {
    /** A worker's connections are reset. */
    CUT_WORKER,
    /** A client's connections are reset. */
    CUT_CLIENT,
    /** A worker's connections lead nowhere any more. */
    HALF_OPEN_WORKER,
    /** A client's connections lead nowhere any more. */
    HALF_OPEN_CLIENT,
    /** Nothing passes between a worker and the coordinator. */
    CLOG_WORKER,
    /** Nothing passes from a worker to the coordinator. */
    CLOG_WORKER_UP,
    /** Nothing passes from the coordinator to a worker. */
    CLOG_WORKER_DOWN,
    /** Nothing passes between a client and the coordinator. */
    CLOG_CLIENT,
    /** A worker process is killed; later another one starts under its name. */
    CRASH_WORKER,
    /** The same, but the network goes with it, so that nobody is told. */
    LOSE_WORKER,
    /** A worker process stands still. */
    PAUSE_WORKER,
    /** A worker is drained; later another one starts under its name. */
    DRAIN_WORKER,
    /** The coordinator is killed; later another one starts. */
    CRASH_COORDINATOR,
    /** The coordinator is stopped in good order; later another one starts. */
    STOP_COORDINATOR,
    /** The coordinator stands still. */
    PAUSE_COORDINATOR,
    /** A client process is killed. */
    CRASH_CLIENT,
    /** A client process stands still. */
    PAUSE_CLIENT,
    /** An executor is killed. */
    KILL_EXECUTOR
  }
}
