package dev.farpool.chaos.schedule;

import dev.farpool.chaos.schedule.Fault.Kind;
import java.util.List;

/**
 * Something that faults befall, one at a time.
 *
 * @param name its name
 * @param kinds what can be done to it; what stands there twice comes twice as often
 * @param gapMillis the mean time between two faults
 * @param longestMillis how long a fault may last
 */
public record Target(String name, List<Kind> kinds, long gapMillis, long longestMillis) {
  public Target {
    kinds = List.copyOf(kinds);
  }
}
