package dev.farpool;

import java.io.Serializable;

/**
 * A call with two arguments.
 *
 * @param <T> the first argument's type
 * @param <U> the second argument's type
 * @param <R> the result's type
 */
@FunctionalInterface
public interface SerializableBiFunction<T, U, R> extends Serializable {
  /**
   * Computes the result for two arguments.
   *
   * @throws Exception whatever the work throws; it becomes the outcome of the task
   */
  R apply(T first, U second) throws Exception;
}
