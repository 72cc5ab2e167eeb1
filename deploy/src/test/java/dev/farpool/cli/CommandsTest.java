package dev.farpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CommandsTest {
  private static final CommandLine WHOLE = Farpool.commandLine(new Farpool());

  static Set<String> names() {
    return Commands.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void nameIsThatOfTheAnnotation(String name) {
    Class<?> command = WHOLE.getSubcommands().get(name).getCommandSpec().userObject().getClass();

    assertEquals(command.getAnnotation(Command.class).name(), name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void commandThatIsBuiltAloneHasTheHelpItHasAmongAll(String name) {
    assertEquals(
        helpOf(WHOLE.getSubcommands().get(name)), helpOf(built(name).getSubcommands().get(name)));
  }

  @ParameterizedTest
  @MethodSource("names")
  void commandIsBuiltAloneButForTheOneThatTellsOfAll(String name) {
    Set<String> expected = name.equals("completion") ? Commands.names() : Set.of(name);

    assertEquals(expected, built(name, "--help").getSubcommands().keySet());
  }

  @Test
  void versionNeedsNoCommand() {
    assertEquals(Set.of(), built("--version").getSubcommands().keySet());
    assertEquals(Set.of(), built("-V").getSubcommands().keySet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--help",
        "stat",
        "--version status",
        "--log-level DEBUG status",
        "status --config farpool.properties",
        "status --config=farpool.properties"
      })
  void whatMayMeanAnyCommandNeedsAll(String arguments) {
    String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ");

    assertEquals(Commands.names(), built(words).getSubcommands().keySet());
  }

  @Test
  void configurationFileOfTheEnvironmentNeedsAll() {
    CommandLine built =
        Farpool.commandLineFor(Map.of("FARPOOL_CONFIG", "farpool.properties"), "status");

    assertEquals(Commands.names(), built.getSubcommands().keySet());
  }

  @Test
  void commandsAreInTheOrderOfTheHelp() {
    assertEquals(List.copyOf(Commands.names()), List.copyOf(WHOLE.getSubcommands().keySet()));
  }

  private static CommandLine built(String... arguments) {
    return Farpool.commandLineFor(Map.of(), arguments);
  }

  /** Its own and that of all below it. */
  private static Map<String, String> helpOf(CommandLine command) {
    Map<String, String> help = new TreeMap<>();
    help.put(command.getCommandSpec().qualifiedName(), command.getUsageMessage());
    command.getSubcommands().values().forEach(below -> help.putAll(helpOf(below)));
    return help;
  }
}
