package dev.farpool;

/** No coordinator could be reached. The message says where it was looked for and what to try. */
public class ClusterUnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param message what happened, and what to do
   */
  public ClusterUnreachableException(String message) {
    super(message);
  }

  /**
   * @param message what happened, and what to do
   * @param cause why
   */
  public ClusterUnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
