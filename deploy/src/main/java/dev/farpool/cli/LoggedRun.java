package dev.farpool.cli;

import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * Runs the subcommand when the log is set up.
 *
 * @param root what knows how to log
 */
record LoggedRun(Farpool root) implements IExecutionStrategy {
  @Override
  public int execute(ParseResult arguments) {
    root.setUpLog();
    return new RunLast().execute(arguments);
  }
}
