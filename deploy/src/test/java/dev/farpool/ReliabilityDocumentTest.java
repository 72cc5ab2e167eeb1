package dev.farpool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/reliability.md to the sources: every fault has its row, every named test exists. */
class ReliabilityDocumentTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|.*\\| (.+) \\|$");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))#(\\w+)`");

  @Test
  void everyFaultHasOneRowWithItsTests() throws IOException {
    List<Integer> numbers = rows().map(row -> Integer.valueOf(row.group(1))).toList();

    assertEquals(IntStream.rangeClosed(1, 70).boxed().toList(), numbers);
  }

  @Test
  void whatHasNoTestWaitsForTheJournal() throws IOException {
    Set<String> withoutTest =
        rows()
            .filter(row -> !TEST.matcher(row.group(2)).find())
            .map(row -> row.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(Set.of("51", "53", "54", "56", "59"), withoutTest);
  }

  @Test
  void everyNamedTestExists() throws IOException {
    Map<String, String> sources = testSources();
    Set<String> missing =
        TEST.matcher(document())
            .results()
            .filter(
                test ->
                    !sources
                        .getOrDefault(test.group(1), "")
                        .contains(" void " + test.group(2) + "("))
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(Set.of(), missing);
  }

  private static Stream<MatchResult> rows() throws IOException {
    return ROW.matcher(document()).results();
  }

  private static String document() throws IOException {
    return Files.readString(ROOT.resolve("docs/reliability.md"));
  }

  /** The sources of all test classes by simple name; those of one name together. */
  private static Map<String, String> testSources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().matches(".*/src/test/java/.*(Test|IT)\\.java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  ReliabilityDocumentTest::read,
                  String::concat));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
