package dev.farpool;

/**
 * The pool is broken: its initializer, or the start of its executors, failed again and again. The
 * cause is the last of these failures.
 */
public class PoolBrokenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param message what happened, and what to do
   */
  public PoolBrokenException(String message) {
    super(message);
  }

  /**
   * @param message what happened, and what to do
   * @param cause why
   */
  public PoolBrokenException(String message, Throwable cause) {
    super(message, cause);
  }
}
