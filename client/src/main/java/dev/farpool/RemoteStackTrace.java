package dev.farpool;

/**
 * The stack of a task's exception where it was thrown, as text; the cause of that exception, so
 * that printing it shows both stacks.
 */
public final class RemoteStackTrace extends Exception {
  private static final long serialVersionUID = 1;

  private final String host;
  private final long pid;
  private final String text;

  RemoteStackTrace(String host, long pid, String text) {
    super(
        "on "
            + (host.isEmpty() ? "its host" : host)
            + ", pid "
            + pid
            + "\n"
            + text.stripTrailing());
    this.host = host;
    this.pid = pid;
    this.text = text;
    setStackTrace(new StackTraceElement[0]);
  }

  /** The host the task ran on. */
  public String host() {
    return host;
  }

  /** The process id of its executor on that host; 0 if there was none. */
  public long pid() {
    return pid;
  }

  /** The stack, as {@link Throwable#printStackTrace()} printed it there. */
  public String text() {
    return text;
  }
}
