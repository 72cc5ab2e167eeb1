package dev.farpool.cli;

/** Ends a command with an exit code and one line that says what to do next. */
final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  private CommandException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** The work failed: exit code 1. */
  static CommandException failed(String message) {
    return new CommandException(1, message);
  }

  /** The command line, the environment or the configuration is wrong: exit code 2. */
  static CommandException wrong(String message) {
    return new CommandException(2, message);
  }

  /** The cluster could not be reached: exit code 3. */
  static CommandException unreachable(String message) {
    return new CommandException(3, message);
  }

  /** Some of the work was not even tried, where the exit code counts what failed: 255. */
  static CommandException incomplete(String message) {
    return new CommandException(255, message);
  }

  int exitCode() {
    return exitCode;
  }
}
