package dev.farpool.simulation;

import dev.farpool.coordinator.core.SchedulerLimits;
import dev.farpool.simulation.net.Conditions;
import dev.farpool.simulation.node.ExecutorHabits;

/**
 * How the processes are set up, and what they live in.
 *
 * @param limits of the coordinator
 * @param coordinatorDrift of the coordinator's clock
 * @param network how good it is
 * @param executors how they behave
 */
public record Settings(
    SchedulerLimits limits,
    double coordinatorDrift,
    Conditions network,
    ExecutorHabits executors) {}
