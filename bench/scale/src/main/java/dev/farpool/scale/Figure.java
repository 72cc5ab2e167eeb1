package dev.farpool.scale;

import java.util.Optional;

/**
 * One measured value.
 *
 * @param name what was measured
 * @param unit for example {@code /s}
 * @param budget what it should keep to; empty if there is none
 * @param promised whether missing it means that a promise was broken, not only that it was slow
 */
record Figure(String name, double value, String unit, Optional<Budget> budget, boolean promised) {
  /**
   * What a value should keep to.
   *
   * @param atMost whether the bound is the greatest good value, or the least
   */
  record Budget(double bound, boolean atMost) {
    boolean isMet(double value) {
      return atMost ? value <= bound : value >= bound;
    }
  }

  static Figure of(String name, double value, String unit) {
    return new Figure(name, value, unit, Optional.empty(), false);
  }

  static Figure atMost(String name, double value, String unit, double bound) {
    return new Figure(name, value, unit, Optional.of(new Budget(bound, true)), false);
  }

  static Figure atLeast(String name, double value, String unit, double bound) {
    return new Figure(name, value, unit, Optional.of(new Budget(bound, false)), false);
  }

  static Figure count(String name, long value) {
    return of(name, (double) value, "");
  }

  static Figure none(String name, long value) {
    return atMost(name, (double) value, "", 0);
  }

  /** Something that must never be seen. */
  static Figure never(String name, long value) {
    return new Figure(name, (double) value, "", Optional.of(new Budget(0, true)), true);
  }

  boolean isBroken() {
    return promised && !budget.map(bound -> bound.isMet(value)).orElse(true);
  }
}
