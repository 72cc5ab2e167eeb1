package dev.farpool.coordinator.core;

/**
 * How much there is of everything at one moment.
 *
 * @param sessions that are open
 * @param heldBytes what tasks and results take of the heap, roughly
 * @param heldTasks tasks of batches that have not ended as a whole
 */
public record Levels(
    Workforce workforce, Workload workload, int sessions, long heldBytes, long heldTasks) {}
