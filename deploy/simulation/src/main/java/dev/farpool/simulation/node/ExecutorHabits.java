package dev.farpool.simulation.node;

/**
 * How executors behave, besides their tasks.
 *
 * @param leaseNanos how long they live before the first sign of life of their agent
 * @param mostStartNanos the longest time to start one
 * @param startFailures how often none can be started
 * @param slowness how much longer tasks run than they should
 */
public record ExecutorHabits(
    long leaseNanos, long mostStartNanos, double startFailures, double slowness) {}
