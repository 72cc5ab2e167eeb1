package dev.farpool.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class PoolExamplesTest {
  @Test
  void threeTasksRunTwoAtATimeAndDoneComesLast() throws Exception {
    List<String> lines = Example.run(ThreeTasks.class, "0.5");

    assertEquals(7, lines.size(), lines::toString);
    int running = 0;
    for (String line : lines.subList(0, 6)) {
      running += line.contains(" started at ") ? 1 : -1;
      assertTrue(running <= 2, lines::toString);
    }
    assertEquals(0, running);
    int firstEnd = Math.min(position(lines, "A ran for"), position(lines, "B ran for"));
    assertTrue(firstEnd < position(lines, "C started"), lines::toString);
    for (String letter : List.of("A", "B", "C")) {
      assertTrue(position(lines, letter + " started") < position(lines, letter + " ran for"));
    }
    assertEquals("Done.", lines.get(6));
  }

  @Test
  void manyTasksRunInTheOrderOfTheirNumbers() throws Exception {
    List<String> lines = Example.run(ManyTasks.class, "30", "1", "5");

    assertEquals(
        IntStream.rangeClosed(1, 30).mapToObj(i -> "task " + i).collect(Collectors.toList()),
        lines.subList(0, 30));
    assertEquals("30 tasks ran on 1 processes, at most 1 at a time", lines.get(30));
  }

  @Test
  void manyTasksNeverRunMoreAtATimeThanThePoolAllows() throws Exception {
    List<String> lines = Example.run(ManyTasks.class, "40", "2", "20");

    assertEquals(40, new TreeSet<>(lines.subList(0, 40)).size(), lines::toString);
    assertTrue(
        lines.get(40).matches("40 tasks ran on [12] processes, at most [12] at a time"),
        lines::toString);
  }

  @Test
  void primeCountGivesResultCallbackAndError() throws Exception {
    assertEquals(
        List.of(
            "41538 primes below 500000",
            "the callback got 25",
            "as it should, it failed: java.lang.IllegalArgumentException: from 100 is above to 0"),
        Example.run(PrimeCount.class, "500000"));
  }

  @Test
  void wordCountAddsUpWhatTheProcessesCounted() throws Exception {
    List<String> lines = Example.run(WordCount.class);

    assertEquals(11, lines.size(), lines::toString);
    assertTrue(lines.get(0).endsWith(" the"), lines::toString);
    assertTrue(lines.get(10).endsWith("in 4 texts"), lines::toString);
  }

  private static int position(List<String> lines, String beginning) {
    return IntStream.range(0, lines.size())
        .filter(i -> lines.get(i).startsWith(beginning))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no \"" + beginning + "\" in " + lines));
  }
}
