package dev.farpool;

/** The worker was lost while it held the task, as often as the task may be tried. */
public class WorkerLostException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param message what happened, and what to do
   */
  public WorkerLostException(String message) {
    super(message);
  }

  /**
   * @param message what happened, and what to do
   * @param cause why
   */
  public WorkerLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
