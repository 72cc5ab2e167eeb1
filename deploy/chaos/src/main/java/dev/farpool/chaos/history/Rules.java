package dev.farpool.chaos.history;

import java.time.Duration;
import java.util.Map;

/**
 * What a run has to keep to.
 *
 * @param slots how many tasks each host may run at a time; hosts that are not named may run none
 * @param overlap for how long two attempts of a task may run at a time
 * @param afterlife how long after its client's death a task may still begin
 */
public record Rules(Map<String, Integer> slots, Duration overlap, Duration afterlife) {
  public Rules {
    slots = Map.copyOf(slots);
  }
}
