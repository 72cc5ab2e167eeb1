package dev.farpool;

/** The task ran longer than its timeout, or waited longer than its queue timeout. */
public class TaskTimeoutException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param message what happened, and what to do
   */
  public TaskTimeoutException(String message) {
    super(message);
  }

  /**
   * @param message what happened, and what to do
   * @param cause why
   */
  public TaskTimeoutException(String message, Throwable cause) {
    super(message, cause);
  }
}
