package dev.farpool.simulation.planted;

import dev.farpool.simulation.ScenarioMaker;
import dev.farpool.simulation.Simulation;
import dev.farpool.simulation.Verdict;
import java.util.Locale;
import java.util.function.LongFunction;

/**
 * Runs one seed: what is found, in the words "invariant profile", or null. Loaded by each {@link
 * Mutant} for itself.
 */
public final class Hunt implements LongFunction<String> {
  /** For {@link Mutant}. */
  public Hunt() {}

  @Override
  public String apply(long seed) {
    Verdict verdict = new Simulation(ScenarioMaker.make(seed, null)).run();
    return verdict.isFine()
        ? null
        : verdict.violation().invariant()
            + " "
            + verdict.scenario().profile().name().toLowerCase(Locale.ROOT);
  }
}
