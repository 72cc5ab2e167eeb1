package dev.farpool.worker.core;

/**
 * How many executors a worker has for pools that are still to come.
 *
 * @param spares how many are started ahead
 * @param veterans how many are kept, at most, of those that ran commands for a pool that is over
 */
public record Standby(int spares, int veterans) {
  /** For a worker that has no process without work. */
  public static final Standby NONE = new Standby(0, 0);
}
