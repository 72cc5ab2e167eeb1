package dev.farpool.simulation.fault;

/** What kind of a run it is. */
public enum Profile {
  /** Nothing goes wrong but what tasks do. */
  CALM,
  /** Connections are cut, half-open, or clogged. */
  LOSSY,
  /** Processes are killed, stand still, and start again. */
  CRASHY,
  /** Links of a random part of the workers are clogged one by one, and healed in another order. */
  SWIZZLE,
  /** The network is slow and so are executors; streams are pushed back. */
  SLOW,
  /** Many workers, which all come back at once. */
  HERD,
  /** A few tasks and a few faults: quick to run and easy to understand. */
  SHORT
}
