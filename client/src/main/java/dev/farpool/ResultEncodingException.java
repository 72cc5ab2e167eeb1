package dev.farpool;

/**
 * A task ran to its end, but its result could not be brought back: it is not serializable, too
 * large, or cannot be read here. The task's side effects have happened.
 */
public class ResultEncodingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param message what could not be encoded, and why
   */
  public ResultEncodingException(String message) {
    super(message);
  }

  /**
   * @param message what could not be encoded
   * @param cause why
   */
  public ResultEncodingException(String message, Throwable cause) {
    super(message, cause);
  }
}
