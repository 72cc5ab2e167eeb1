package dev.farpool.simulation.work;

import java.util.List;

/**
 * A pool of a user's, and what is done with it.
 *
 * @param client whose it is
 * @param atMillis when it is created
 * @param processes how many tasks may run at a time
 * @param ofProcesses whether each task is a process
 * @param initializer whether it has an initializer
 * @param broken whether its initializer fails
 * @param maxTasksPerChild how many tasks an executor runs; 0 for no limit
 * @param reportStarts whether starts are told
 * @param graceMillis between SIGTERM and SIGKILL
 * @param slowReader whether what tasks print is shown only slowly
 * @param steps what is done, in the order of its time
 */
public record PoolPlan(
    int client,
    int atMillis,
    int processes,
    boolean ofProcesses,
    boolean initializer,
    boolean broken,
    int maxTasksPerChild,
    boolean reportStarts,
    int graceMillis,
    boolean slowReader,
    List<Step> steps) {

  /** The same with other steps. */
  public PoolPlan withSteps(List<Step> others) {
    return new PoolPlan(
        client,
        atMillis,
        processes,
        ofProcesses,
        initializer,
        broken,
        maxTasksPerChild,
        reportStarts,
        graceMillis,
        slowReader,
        List.copyOf(others));
  }
}
