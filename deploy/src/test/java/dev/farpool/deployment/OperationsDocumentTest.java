package dev.farpool.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.cli.Farpool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Holds docs/operations.md to the program: what it says and which options there are. */
class OperationsDocumentTest {
  private static final Path ROOT = Path.of("..");
  private static final List<String> SOURCES =
      List.of(
          "deploy/src/main",
          "coordinator/src/main",
          "worker/src/main",
          "client/src/main",
          "proto/src/main");

  private static final Pattern MESSAGE = Pattern.compile("(?m)^\\| `([^`]+)`[^|]*\\| [^|]+ \\|$");
  private static final String TROUBLE = "## When something is wrong";
  private static final Pattern COMMAND = Pattern.compile("(?m)^farpool (.*)$");
  private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

  /** What differs from one time to the next, and quotation marks, which sources have to escape. */
  private static final Pattern BETWEEN = Pattern.compile("[…\"]");

  private static final int LEAST = 6;

  @Test
  void everyMessageIsOneOfTheProgram() throws IOException {
    String sources = sources();
    List<String> messages =
        MESSAGE
            .matcher(document().substring(document().indexOf(TROUBLE)))
            .results()
            .map(row -> row.group(1))
            .toList();
    Set<String> unknown =
        messages.stream()
            .flatMap(BETWEEN::splitAsStream)
            .map(String::strip)
            .filter(part -> part.length() >= LEAST && !sources.contains(part))
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(Set.of(), unknown);
    assertTrue(messages.size() > 20, messages::toString);
  }

  @Test
  void everyCommandHasTheOptionsItIsGiven() throws IOException {
    List<String> lines =
        COMMAND.matcher(document()).results().map(command -> command.group(1)).toList();
    Set<String> unknown = new TreeSet<>();
    for (String line : lines) {
      CommandLine command = Farpool.commandLine(new Farpool());
      for (String word : line.split(" ")) {
        command = command.getSubcommands().getOrDefault(word, command);
      }
      Set<String> known = command.getCommandSpec().optionsMap().keySet();
      OPTION
          .matcher(line.split("#| -- ")[0])
          .results()
          .map(MatchResult::group)
          .filter(option -> !known.contains(option))
          .forEach(option -> unknown.add(option + " in: farpool " + line));
    }

    assertEquals(Set.of(), unknown);
    assertTrue(lines.size() > 5, lines::toString);
  }

  private static String document() throws IOException {
    return Files.readString(ROOT.resolve("docs/operations.md"));
  }

  /** The program's texts, with those that are on several lines put together. */
  private static String sources() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String directory : SOURCES) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(directory))) {
        files
            .filter(file -> file.toString().endsWith(".java") || file.endsWith("bin/farpool"))
            .forEach(file -> all.append(read(file)));
      }
    }
    return all.toString().replaceAll("\"\\s*\\+\\s*\"", "");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
