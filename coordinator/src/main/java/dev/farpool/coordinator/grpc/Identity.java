package dev.farpool.coordinator.grpc;

import dev.farpool.coordinator.core.SchedulerLimits;

/**
 * What the coordinator says of itself at the start of every session.
 *
 * @param coordinatorId made anew whenever a coordinator starts
 * @param version for people
 * @param startMillis when it started, in milliseconds since 1970, for display
 */
public record Identity(
    String coordinatorId, String version, long startMillis, SchedulerLimits limits) {}
