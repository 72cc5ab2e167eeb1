package dev.farpool.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ResultTableTest {
  @Test
  void showsEachFigureInALineAndWhatWasLeftOutWithTheReason() {
    BenchResult result =
        Results.of(
            2, Results.rate("noop", 123_456.7, 1.5, -0.25), Results.rate("echo", 90, 80, 100));

    assertEquals(
        """
        embedded cluster, 2 processes, median of 3 rounds after 1; Farpool 1.2 of \
        2026-01-02T03:04:05Z, 2 cores, Java 17, Linux

        WORKLOAD  FIGURE   MEDIAN  LEAST  GREATEST  UNIT
        noop      rate    123,457  1.500    -0.250  tasks/s
        echo      rate       90.0   80.0       100  tasks/s

        left out: noop peak client, because nobody tells
        """,
        ResultTable.of(result));
  }
}
