package dev.farpool.peers.budget;

import dev.farpool.peers.table.Measurements;
import java.util.OptionalDouble;

/**
 * A bound on one figure of Farpool, or on its ratio to another figure of the same run.
 *
 * @param what for people, with the unit
 * @param figure what is bounded
 * @param against what it is divided by; null for nothing
 * @param atMost whether the bound is the greatest good value, or the least
 */
record Budget(String what, Figure figure, Figure against, boolean atMost, double bound) {

  /**
   * One figure of one peer.
   *
   * @param name workload and figure, for example {@code noop rate}
   */
  record Figure(String peer, String name) {
    private OptionalDouble in(Measurements measurements) {
      return measurements.median(peer, name);
    }
  }

  static Budget atLeast(String what, Figure figure, double bound) {
    return new Budget(what, figure, null, false, bound);
  }

  static Budget atMost(String what, Figure figure, double bound) {
    return new Budget(what, figure, null, true, bound);
  }

  Budget against(Figure other) {
    return new Budget(what, figure, other, atMost, bound);
  }

  /** What is held against the bound; empty if it was not measured. */
  OptionalDouble value(Measurements measurements) {
    OptionalDouble own = figure.in(measurements);
    if (against == null || own.isEmpty()) {
      return own;
    }
    OptionalDouble other = against.in(measurements);
    return other.isEmpty() ? other : OptionalDouble.of(own.getAsDouble() / other.getAsDouble());
  }

  boolean isKept(double value) {
    return atMost ? value <= bound : value >= bound;
  }
}
