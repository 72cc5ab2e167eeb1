package dev.farpool.cli;

import dev.farpool.v1.Command;
import dev.farpool.v1.TaskOptions;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Option;

/** How commands run on workers, for all subcommands that run some. */
final class CommandOptions {
  @Option(
      names = "--env",
      paramLabel = "NAME=VALUE",
      description = "An environment variable for the command; may be given again.")
  private Map<String, String> environment = Map.of();

  @Option(
      names = "--working-directory",
      paramLabel = "DIR",
      defaultValue = "",
      description = "Where on the worker to run it (default: a private, empty directory).")
  private String workingDirectory;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "The longest the command may run, for example 10m (default: no limit).")
  private Duration timeout;

  /** A command without its words. */
  Command command() {
    return Command.newBuilder()
        .putAllEnvironment(environment)
        .setWorkingDirectory(workingDirectory)
        .build();
  }

  TaskOptions.Builder taskOptions() {
    TaskOptions.Builder options = TaskOptions.newBuilder();
    if (timeout != null) {
      options.getTimeoutBuilder().setSeconds(timeout.toSeconds()).setNanos(timeout.toNanosPart());
    }
    return options;
  }
}
