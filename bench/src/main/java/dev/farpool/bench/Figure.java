package dev.farpool.bench;

/**
 * One measured value.
 *
 * @param name what was measured, unique within its workload
 * @param unit for example {@code tasks/s}
 */
record Figure(String name, String unit, double value) {
  private static final double NANOS = 1e9;

  /** So many things in so many nanoseconds. */
  static Figure rate(String name, String unit, double amount, long nanos) {
    return new Figure(name, unit, amount * NANOS / nanos);
  }
}
