package dev.farpool.deployment;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.cli.Farpool;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine;

/**
 * How a file for a deployment starts a farpool process: what counts of it, checked against the
 * options that there are.
 *
 * @param name of the subcommand
 * @param options by their names without dashes, wherever they come from
 */
record FarpoolCommand(String name, Map<String, String> options) {
  private static final Set<String> OF_THE_LAUNCHER = Set.of("FARPOOL_JAVA_OPTS");

  FarpoolCommand {
    CommandLine command = Farpool.commandLine(new Farpool()).getSubcommands().get(name);
    assertTrue(command != null, "there is no command " + name);
    Set<String> known = command.getCommandSpec().optionsMap().keySet();
    for (String option : options.keySet()) {
      assertTrue(known.contains("--" + option), name + " has no option --" + option);
    }
  }

  /**
   * Reads it.
   *
   * @param words the subcommand and its options, each with {@code =}, a word of its own, or nothing
   *     for its value
   * @param environment options of it begin with {@code FARPOOL_}
   */
  static FarpoolCommand of(List<String> words, Map<String, String> environment) {
    Map<String, String> options = new TreeMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("FARPOOL_") && !OF_THE_LAUNCHER.contains(name)) {
            String option = name.substring("FARPOOL_".length()).replace('_', '-');
            options.put(option.toLowerCase(Locale.ROOT), value);
          }
        });
    String last = "";
    for (String word : words.subList(1, words.size())) {
      if (word.startsWith("--")) {
        int equals = word.indexOf('=');
        last = word.substring(2, equals < 0 ? word.length() : equals);
        options.put(last, equals < 0 ? "" : word.substring(equals + 1));
      } else {
        options.put(last, word);
      }
    }
    return new FarpoolCommand(words.get(0), options);
  }

  /** The same with the lines of a configuration file. */
  FarpoolCommand with(Properties file) {
    Map<String, String> all = new TreeMap<>(options);
    file.forEach((key, value) -> all.put(key.toString(), value.toString()));
    return new FarpoolCommand(name, all);
  }

  /** An option that is a time. */
  long seconds(String option) {
    assertTrue(options.containsKey(option), "--" + option + " is not given");
    return DeploymentFiles.seconds(options.get(option));
  }
}
