package dev.farpool.simulation.shrink;

import dev.farpool.simulation.Scenario;
import dev.farpool.simulation.Simulation;
import dev.farpool.simulation.Verdict;
import dev.farpool.simulation.work.PoolPlan;
import dev.farpool.simulation.work.Step;
import dev.farpool.simulation.work.TaskScript;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Reduces a failing scenario: fewer faults, pools, steps, tasks and workers, as long as the same
 * invariant is violated.
 */
public final class Shrinker {
  private static final int MOST_TRIES = 3000;

  private final String invariant;
  private Verdict best;
  private int tries;

  private Shrinker(Verdict failed) {
    this.invariant = failed.violation().invariant();
    this.best = failed;
  }

  /** The smallest scenario found that fails in the same way. */
  public static Verdict shrink(Verdict failed) {
    Shrinker shrinker = new Shrinker(failed);
    int before;
    do {
      before = size(shrinker.best.scenario());
      shrinker.pass();
    } while (size(shrinker.best.scenario()) < before && shrinker.tries < MOST_TRIES);
    return shrinker.best;
  }

  /** How much there is in a scenario. */
  public static int size(Scenario scenario) {
    int size = scenario.faults().size() + scenario.workers().size();
    for (PoolPlan pool : scenario.pools()) {
      size++;
      for (Step step : pool.steps()) {
        size += step instanceof Step.Submit submit ? 1 + submit.tasks().size() : 1;
      }
    }
    return size;
  }

  private void pass() {
    minimize(best.scenario().faults(), faults -> best.scenario().withFaults(faults));
    minimize(best.scenario().pools(), pools -> best.scenario().withPools(pools));
    for (int pool = 0; pool < best.scenario().pools().size(); pool++) {
      shrinkPool(pool);
    }
    minimize(
        best.scenario().workers(),
        workers -> workers.isEmpty() ? best.scenario() : best.scenario().withWorkers(workers));
  }

  private interface Change<T> {
    Scenario of(List<T> items);
  }

  private <T> void minimize(List<T> items, Change<T> change) {
    DeltaDebugging.minimize(items, rest -> stillFails(change.of(rest)));
  }

  private void shrinkPool(int number) {
    PoolPlan plan = best.scenario().pools().get(number);
    minimize(plan.steps(), steps -> with(number, pool -> pool.withSteps(steps)));
    List<Step> steps = best.scenario().pools().get(number).steps();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof Step.Submit submit) {
        int at = i;
        minimize(
            submit.tasks(), tasks -> with(number, pool -> pool.withSteps(less(pool, at, tasks))));
      }
    }
  }

  private static List<Step> less(PoolPlan pool, int at, List<TaskScript> tasks) {
    List<Step> steps = new ArrayList<>(pool.steps());
    Step.Submit submit = (Step.Submit) steps.get(at);
    steps.set(
        at,
        new Step.Submit(submit.atMillis(), submit.function(), submit.terms(), List.copyOf(tasks)));
    return steps;
  }

  private Scenario with(int number, UnaryOperator<PoolPlan> change) {
    List<PoolPlan> pools = new ArrayList<>(best.scenario().pools());
    pools.set(number, change.apply(pools.get(number)));
    return best.scenario().withPools(pools);
  }

  private boolean stillFails(Scenario scenario) {
    if (size(scenario) >= size(best.scenario()) || tries++ > MOST_TRIES) {
      return false;
    }
    Verdict verdict = new Simulation(scenario).run();
    boolean same = !verdict.isFine() && verdict.violation().invariant().equals(invariant);
    if (same) {
      best = verdict;
    }
    return same;
  }
}
