package dev.farpool.simulation;

import dev.farpool.simulation.check.Violation;
import java.util.List;
import java.util.Locale;

/**
 * How a run went.
 *
 * @param violation what must not have happened; null if nothing did
 * @param events how many things happened
 * @param virtualNanos how long it took, in virtual time
 * @param hash a number for everything that happened
 * @param attempts how often tasks' code was started
 * @param last what happened last; empty if nothing was found
 */
public record Verdict(
    Scenario scenario,
    Violation violation,
    long events,
    long virtualNanos,
    long hash,
    int attempts,
    List<String> last) {

  /** Whether nothing was found. */
  public boolean isFine() {
    return violation == null;
  }

  /** Everything a person needs to look into it. */
  public String report() {
    StringBuilder text = new StringBuilder();
    last.forEach(line -> text.append(line).append('\n'));
    return text.append(violation)
        .append("\nseed ")
        .append(scenario.seed())
        .append(", profile ")
        .append(scenario.profile().name().toLowerCase(Locale.ROOT))
        .append(", event ")
        .append(events)
        .append("\nreplay: deploy/simulation/run --profile ")
        .append(scenario.profile().name().toLowerCase(Locale.ROOT))
        .append(" --seed ")
        .append(scenario.seed())
        .toString();
  }
}
