package dev.farpool;

import java.io.Serializable;

/**
 * A call with one argument.
 *
 * @param <T> the argument's type
 * @param <R> the result's type
 */
@FunctionalInterface
public interface SerializableFunction<T, R> extends Serializable {
  /**
   * Computes the result for one argument.
   *
   * @throws Exception whatever the work throws; it becomes the outcome of the task
   */
  R apply(T argument) throws Exception;
}
