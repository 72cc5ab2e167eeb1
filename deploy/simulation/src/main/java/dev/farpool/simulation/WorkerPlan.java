package dev.farpool.simulation;

/**
 * A worker of the simulated cluster.
 *
 * @param cores its slots
 * @param label its label {@code kind}; empty for none
 * @param drift of its clock
 * @param atMillis when it starts
 */
public record WorkerPlan(int cores, String label, double drift, int atMillis) {}
