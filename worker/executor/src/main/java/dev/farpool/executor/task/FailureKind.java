package dev.farpool.executor.task;

/** The numbers of {@code Failure.Kind} that an executor finds. */
final class FailureKind {
  static final int EXCEPTION = 1;
  static final int RESULT_NOT_SERIALIZABLE = 6;
  static final int RESULT_TOO_LARGE = 7;
  static final int CODE_NOT_FOUND = 8;
  static final int BAD_ARGUMENTS = 9;
  static final int COMMAND_NOT_STARTED = 14;

  private FailureKind() {}
}
