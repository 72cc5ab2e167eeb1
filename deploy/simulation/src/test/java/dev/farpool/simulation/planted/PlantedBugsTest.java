package dev.farpool.simulation.planted;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The test of the test: bugs are planted one at a time, and the simulator must find each. Which
 * seed finds it stands in {@code found.txt}, so that it need not be searched for each time; the
 * table of what was found by what is written to {@code target/planted-bugs.md}.
 */
@Execution(ExecutionMode.CONCURRENT)
class PlantedBugsTest {
  private static final Path RESOURCES = Path.of("src/test/resources/planted");
  private static final Path ROOT = Path.of("../..");
  private static final int MOST_SEEDS = 2000;
  private static final List<String> TABLE = Collections.synchronizedList(new ArrayList<>());

  private static List<PlantedBug> bugs() throws IOException {
    try (Stream<Path> files = Files.list(RESOURCES)) {
      List<PlantedBug> bugs = new ArrayList<>();
      for (Path file : files.sorted().filter(path -> path.toString().endsWith(".bug")).toList()) {
        bugs.add(PlantedBug.read(file));
      }
      return bugs;
    }
  }

  private static Map<String, Long> found() throws IOException {
    Map<String, Long> seeds = new HashMap<>();
    for (String line : Files.readAllLines(RESOURCES.resolve("found.txt"))) {
      String[] words = line.split("\\s+", -1);
      seeds.put(words[0], Long.parseLong(words[1]));
    }
    return seeds;
  }

  @TestFactory
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  Stream<DynamicTest> everyPlantedBugIsFound() throws IOException {
    Map<String, Long> known = found();
    return bugs().stream()
        .map(
            bug ->
                DynamicTest.dynamicTest(
                    bug.name(), () -> hunt(bug, known.getOrDefault(bug.name(), 1L))));
  }

  private static void hunt(PlantedBug bug, long hint) throws Exception {
    Mutant mutant = Mutant.of(bug.sources(ROOT));
    @SuppressWarnings("unchecked")
    LongFunction<String> hunt =
        (LongFunction<String>)
            mutant.loadClass(Hunt.class.getName()).getConstructor().newInstance();
    long seed = hint;
    String by = hunt.apply(hint);
    for (long next = 1; by == null && next <= MOST_SEEDS; next++) {
      seed = next;
      by = hunt.apply(next);
    }
    assertNotNull(by, () -> "not found in " + MOST_SEEDS + " seeds: " + bug.what());
    TABLE.add(String.join(" | ", "", bug.name(), bug.what(), Long.toString(seed), by, "").strip());
  }

  @AfterAll
  static void writeTable() {
    List<String> lines = new ArrayList<>(TABLE);
    Collections.sort(lines);
    try {
      Files.write(Path.of("target", "planted-bugs.md"), lines);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  @Test
  void thereAreBugsInEveryProcess() throws IOException {
    for (String process : List.of("coordinator", "worker", "client")) {
      assertTrue(
          bugs().stream().filter(bug -> bug.name().contains("-" + process + "-")).count() >= 5,
          process);
    }
  }
}
