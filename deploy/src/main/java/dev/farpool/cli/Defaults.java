package dev.farpool.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Where options come from that are not on the command line: the environment, then the file of
 * {@code --config}. This is the only such mechanism, so every option has it.
 */
final class Defaults implements IDefaultValueProvider {
  private final Map<String, String> environment;
  private final Map<String, String> file;

  private Defaults(Map<String, String> environment, Map<String, String> file) {
    this.environment = environment;
    this.file = file;
  }

  /** Those of the environment alone. */
  static Defaults of(Map<String, String> environment) {
    return new Defaults(environment, Map.of());
  }

  /**
   * These, and behind them what a configuration file says.
   *
   * @throws CommandException if it cannot be read or has a line that is no option of any command
   */
  Defaults withFile(String name, CommandLine root) {
    Map<String, String> lines = load(Path.of(name));
    Set<String> known = optionNames(root);
    for (String key : lines.keySet()) {
      if (!known.contains(key)) {
        throw CommandException.wrong(
            "configuration file " + name + ": there is no option " + key + "; see farpool --help");
      }
    }
    return new Defaults(environment, lines);
  }

  /** Whether the environment names a configuration file. */
  boolean hasConfigFile() {
    return environment.containsKey(variable("--config"));
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
      return null;
    }
    String fromEnvironment = environment.get(variable(option.longestName()));
    return fromEnvironment != null ? fromEnvironment : file.get(key(option.longestName()));
  }

  private static String variable(String option) {
    return "FARPOOL_" + key(option).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private static String key(String option) {
    return option.replaceFirst("^--?", "");
  }

  private static Map<String, String> load(Path path) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw CommandException.wrong(
          "configuration file " + path + " cannot be read: " + unreadable.getMessage());
    }
    Map<String, String> file = new HashMap<>();
    properties.forEach((key, value) -> file.put(key.toString(), value.toString().strip()));
    return file;
  }

  private static Set<String> optionNames(CommandLine command) {
    Set<String> names = new HashSet<>();
    command.getCommandSpec().options().forEach(option -> names.add(key(option.longestName())));
    command.getSubcommands().values().forEach(sub -> names.addAll(optionNames(sub)));
    return names;
  }
}
