package dev.farpool.executor.task;

/** A task that could not be run as asked: no fault of its own code. */
final class TaskException extends Exception {
  private static final long serialVersionUID = 1;

  /** One of {@link FailureKind}. */
  final int kind;

  TaskException(int kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }
}
