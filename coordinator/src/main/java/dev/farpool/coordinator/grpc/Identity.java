package dev.farpool.coordinator.grpc;

import dev.farpool.coordinator.core.SchedulerLimits;

/**
 * What the coordinator says of itself at the start of every session.
 *
 * @param coordinatorId made anew whenever a coordinator starts
 * @param version for people
 * @param startNanos when it started, on the clock of the scheduler
 */
public record Identity(
    String coordinatorId, String version, long startNanos, SchedulerLimits limits) {}
