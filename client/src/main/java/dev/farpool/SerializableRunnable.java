package dev.farpool;

import java.io.Serializable;

/** A call without arguments and without a result; unlike {@link Runnable} it may throw anything. */
@FunctionalInterface
public interface SerializableRunnable extends Serializable {
  /**
   * Does the work.
   *
   * @throws Exception whatever the work throws; it becomes the outcome of the task
   */
  void run() throws Exception;
}
