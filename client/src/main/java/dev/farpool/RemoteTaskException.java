package dev.farpool;

/**
 * A task failed, and its exception cannot be rebuilt here: its class is not on this class path, or
 * it cannot be serialized. Caused by {@link RemoteStackTrace}.
 */
public class RemoteTaskException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String className;

  /**
   * @param className the class of the exception thrown; empty if there was none
   * @param message its message
   * @param cause the remote stack; may be null
   */
  public RemoteTaskException(String className, String message, Throwable cause) {
    super(className.isEmpty() ? message : className + ": " + message, cause);
    this.className = className;
  }

  /** The class of the exception the task threw; empty if it threw none. */
  public String className() {
    return className;
  }
}
