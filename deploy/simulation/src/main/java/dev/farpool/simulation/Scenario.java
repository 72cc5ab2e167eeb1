package dev.farpool.simulation;

import dev.farpool.simulation.fault.Fault;
import dev.farpool.simulation.fault.Profile;
import dev.farpool.simulation.work.PoolPlan;
import java.util.List;

/**
 * All that is decided before a run: what there is, what users do, and what goes wrong. What a run
 * draws besides comes from the seed.
 *
 * @param clients the drift of each client's clock
 * @param quietMillis when the last fault is made good
 */
public record Scenario(
    long seed,
    Profile profile,
    Settings settings,
    List<WorkerPlan> workers,
    List<Double> clients,
    List<PoolPlan> pools,
    List<Fault> faults,
    int quietMillis) {

  /** The same with other workers. */
  public Scenario withWorkers(List<WorkerPlan> others) {
    return new Scenario(
        seed, profile, settings, List.copyOf(others), clients, pools, faults, quietMillis);
  }

  /** The same with other pools. */
  public Scenario withPools(List<PoolPlan> others) {
    return new Scenario(
        seed, profile, settings, workers, clients, List.copyOf(others), faults, quietMillis);
  }

  /** The same with other faults. */
  public Scenario withFaults(List<Fault> others) {
    return new Scenario(
        seed, profile, settings, workers, clients, pools, List.copyOf(others), quietMillis);
  }
}
