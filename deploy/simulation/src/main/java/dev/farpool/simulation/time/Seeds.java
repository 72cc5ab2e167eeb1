package dev.farpool.simulation.time;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Chance from one seed, an own stream for each purpose: another draw in one place changes nothing
 * in the others.
 */
public record Seeds(long seed) {
  /** The stream of a purpose; the same each time. */
  public RandomGenerator of(String purpose) {
    long mixed = seed * 0x9e3779b97f4a7c15L + purpose.hashCode() * 0xbf58476d1ce4e5b9L;
    return new SplittableRandom(mixed ^ (mixed >>> 31));
  }
}
