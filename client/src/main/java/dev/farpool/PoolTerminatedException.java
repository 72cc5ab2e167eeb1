package dev.farpool;

/** The pool was terminated, or its session ended, before the task did. */
public class PoolTerminatedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param message what happened, and what to do
   */
  public PoolTerminatedException(String message) {
    super(message);
  }

  /**
   * @param message what happened, and what to do
   * @param cause why
   */
  public PoolTerminatedException(String message, Throwable cause) {
    super(message, cause);
  }
}
