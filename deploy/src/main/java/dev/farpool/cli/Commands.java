package dev.farpool.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;

/**
 * The subcommands by their names, in the order of the help. Picocli reads a command's annotations
 * when it is added, which for all of them takes longer than most commands do.
 */
final class Commands {
  private static final Map<String, Class<?>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("demo", DemoCommand.class);
    ALL.put("coordinator", CoordinatorCommand.class);
    ALL.put("worker", WorkerCommand.class);
    ALL.put("exec", ExecCommand.class);
    ALL.put("map", MapCommand.class);
    ALL.put("status", StatusCommand.class);
    ALL.put("workers", WorkersCommand.class);
    ALL.put("pools", PoolsCommand.class);
    ALL.put("tasks", TasksCommand.class);
    ALL.put("explain", ExplainCommand.class);
    ALL.put("logs", LogsCommand.class);
    ALL.put("top", TopCommand.class);
    ALL.put("drain", DrainCommand.class);
    ALL.put("cancel", CancelCommand.class);
    ALL.put("token", TokenCommand.class);
    ALL.put("certs", CertsCommand.class);
    ALL.put("health", HealthCommand.class);
    ALL.put("up", UpCommand.class);
    ALL.put("down", DownCommand.class);
    ALL.put("bench", BenchCommand.class);
    ALL.put("class-archive", ClassArchiveCommand.class);
    ALL.put("completion", CompletionCommand.class);
  }

  /** It tells of all the others. */
  private static final String OF_THE_WHOLE = "completion";

  private static final Set<String> VERSION = Set.of("--version", "-V");

  /** What follows the program they run is the program's. */
  private static final Set<String> RUN_PROGRAMS = Set.of("exec", "map");

  private Commands() {}

  static Set<String> names() {
    return ALL.keySet();
  }

  /** The names of those without which these arguments would mean something else. */
  static Set<String> neededFor(String... arguments) {
    String first = arguments.length == 0 ? "" : arguments[0];
    if (ALL.containsKey(first) && !first.equals(OF_THE_WHOLE)) {
      return Set.of(first);
    }
    return arguments.length == 1 && VERSION.contains(first) ? Set.of() : names();
  }

  /** Adds those of these names. */
  static void addTo(CommandLine commandLine, Set<String> names) {
    for (String name : names) {
      CommandLine subcommand = new CommandLine(ALL.get(name));
      subcommand.setStopAtPositional(RUN_PROGRAMS.contains(name));
      commandLine.addSubcommand(name, subcommand);
    }
  }
}
