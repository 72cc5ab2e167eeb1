package dev.farpool.common;

import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What a process takes from its machine besides sockets and files: time, chance and names. The
 * simulator gives others, so that a run can be repeated from a seed.
 *
 * @param nanoTime nanoseconds on a clock that never goes back and means nothing elsewhere
 * @param timer runs things later, and the rest of long turns of serial loops; owned by whoever made
 *     it
 * @param random draws jitter; thread-safe
 * @param ids gives names that never come again; thread-safe
 */
public record Surroundings(
    LongSupplier nanoTime,
    ScheduledExecutorService timer,
    RandomGenerator random,
    Supplier<String> ids) {

  /** Those of this machine, with a timer of the caller's. */
  public static Surroundings of(ScheduledExecutorService timer) {
    return new Surroundings(
        System::nanoTime, timer, new Random(), () -> UUID.randomUUID().toString());
  }
}
