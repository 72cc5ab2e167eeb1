package dev.farpool.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns what went wrong into one line and an exit code.
 *
 * <p>No lambda may stand for an interface of picocli: a class archive then has neither the
 * interface nor what implements it, and each process reads these from their jars.
 */
final class ErrorReport implements IParameterExceptionHandler, IExecutionExceptionHandler {
  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    err.println(name + ": " + wrong.getMessage() + "; " + advice(wrong, name));
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  private static String advice(ParameterException wrong, String name) {
    if (wrong instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      return "did you mean " + unmatched.getSuggestions().get(0) + "?";
    }
    return "see " + name + " --help";
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    if (failure instanceof CommandException told) {
      return of(told, command);
    }
    // Not foreseen, so the reader needs more than a line.
    failure.printStackTrace(command.getErr());
    return of(CommandException.failed(failure.toString()), command);
  }

  /** Says it and gives the exit code. */
  static int of(CommandException failure, CommandLine command) {
    PrintWriter err = command.getErr();
    if (!failure.getMessage().isEmpty()) {
      err.println(command.getCommandSpec().qualifiedName() + ": " + failure.getMessage());
    }
    err.flush();
    return failure.exitCode();
  }
}
