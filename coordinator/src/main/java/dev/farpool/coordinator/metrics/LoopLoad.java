package dev.farpool.coordinator.metrics;

/**
 * How busy the scheduler's loop was from its start on.
 *
 * @param batches that it has applied
 * @param commands in them
 * @param busyNanos that it took for them, sending included
 */
public record LoopLoad(long batches, long commands, long busyNanos) {}
