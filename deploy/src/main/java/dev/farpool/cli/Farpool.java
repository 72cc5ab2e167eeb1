package dev.farpool.cli;

import dev.farpool.cli.map.HaltRule;
import dev.farpool.common.HostPort;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code farpool} command: picks the subcommand and knows where its options come from. */
@Command(
    name = "farpool",
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    usageHelpAutoWidth = true,
    sortOptions = false,
    synopsisHeading = "Usage: ",
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    header = "Pools of processes on this machine and on clusters.",
    footerHeading = "%n",
    footer = {
      "Each option can also be an environment variable (--drain-timeout is"
          + " FARPOOL_DRAIN_TIMEOUT) or a line of the --config file (drain-timeout = 10s)."
          + " The command line wins over the environment, the environment over the file.",
      "",
      "Exit codes: 0 fine, 1 the work failed, 2 the command line was wrong, 3 the cluster could"
          + " not be reached."
    })
public final class Farpool implements Runnable {
  private static final String CONFIG = "--config";

  @Spec private CommandSpec spec;

  @Option(
      names = CONFIG,
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      description = "A properties file with options, one a line: name = value.")
  private String config;

  @Option(
      names = "--log-level",
      scope = ScopeType.INHERIT,
      paramLabel = "LEVEL",
      description =
          "What to log to standard error: ERROR, WARN, INFO, DEBUG or TRACE (default: INFO for"
              + " coordinator and worker, WARN for the others).")
  private LogLevel logLevel;

  @Option(
      names = "--log-format",
      scope = ScopeType.INHERIT,
      paramLabel = "FORMAT",
      description = "How to log: TEXT, or JSON, an object a line (default: TEXT).")
  private LogFormat logFormat;

  /** Runs the command and exits with its code. */
  public static void main(String[] arguments) {
    Map<String, String> environment = System.getenv();
    System.exit(run(commandLineFor(environment, arguments), environment, arguments));
  }

  /** Runs the command with its output going where {@code commandLine} says. */
  static int run(CommandLine commandLine, Map<String, String> environment, String... arguments) {
    Defaults defaults = Defaults.of(environment);
    String file = configFile(defaults, arguments);
    try {
      commandLine.setDefaultValueProvider(
          file == null ? defaults : defaults.withFile(file, commandLine));
    } catch (CommandException wrong) {
      return ErrorReport.of(wrong, commandLine);
    }
    return commandLine.execute(arguments);
  }

  /** Found by a parse of its own: the file has to be read before the options can be. */
  private static String configFile(Defaults defaults, String... arguments) {
    if (!mayNameConfigFile(defaults, arguments)) {
      return null; // A parse of the whole command costs a quick one a third of its time.
    }
    Farpool scout = new Farpool();
    try {
      commandLine(scout).setDefaultValueProvider(defaults).parseArgs(arguments);
    } catch (ParameterException wrong) {
      return scout.config; // The parse that counts tells what is wrong.
    }
    return scout.config;
  }

  private static boolean mayNameConfigFile(Defaults defaults, String... arguments) {
    return defaults.hasConfigFile()
        || Arrays.stream(arguments).anyMatch(argument -> argument.startsWith(CONFIG));
  }

  /** The command with those of its subcommands that these arguments can mean. */
  static CommandLine commandLineFor(Map<String, String> environment, String... arguments) {
    Set<String> needed =
        mayNameConfigFile(Defaults.of(environment), arguments)
            ? Commands.names() // Lines of the file are held to the options of all.
            : Commands.neededFor(arguments);
    return commandLine(new Farpool(), needed);
  }

  /** The whole command with its subcommands and its manners. */
  public static CommandLine commandLine(Farpool root) {
    return commandLine(root, Commands.names());
  }

  private static CommandLine commandLine(Farpool root, Set<String> subcommands) {
    CommandLine commandLine = new CommandLine(root);
    Commands.addTo(commandLine, subcommands);
    commandLine.getCommandSpec().mixinStandardHelpOptions(true); // The last in each help.
    ErrorReport errors = new ErrorReport();
    return commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Duration.class, new DurationConverter())
        .registerConverter(HostPort.class, new HostPortConverter())
        .registerConverter(HaltRule.class, new HaltRuleConverter())
        .setExecutionStrategy(new LoggedRun(root))
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  /** Has the log be as the options say. */
  void setUpLog() {
    if (logLevel != null) {
      logLevel.apply();
    }
    if (logFormat != null) {
      logFormat.apply();
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is needed: demo is a good first");
  }
}
