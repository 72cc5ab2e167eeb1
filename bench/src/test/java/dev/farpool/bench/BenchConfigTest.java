package dev.farpool.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchConfigTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | noop | 1 | 0 | 1 | processes must be 1 to 1000000, not 0",
        "1 | fast | 1 | 0 | 1 | workload must be one of [noop, latency, map, spin1, spin10, echo, start], not fast",
        "1 | noop | 0 | 0 | 1 | tasks must be 1 to 100000000, not 0",
        "1 | noop | 1 | -1 | 1 | warm-up must be 0 to 1000, not -1",
        "1 | noop | 1 | 0 | 0 | repeat must be 1 to 1000, not 0",
      })
  void wrongPartIsNamed(
      int processes, String workload, int tasks, int warmUp, int repeat, String message) {
    IllegalArgumentException wrong =
        assertThrows(
            IllegalArgumentException.class,
            () -> config(processes, workload, tasks, warmUp, repeat));

    assertEquals(message, wrong.getMessage());
  }

  @Test
  void reportHasOneLineForEachFigure() {
    BenchReport report =
        new BenchReport(
            config(2, "noop", 1, 0, 1),
            List.of(
                new Summary("noop", "rate", "tasks/s", 123_456.7, 1.5, 0.25),
                new Summary("latency", "p50", "us", 90, 80, 100)));

    List<String> lines = report.toText().lines().toList();
    assertTrue(lines.get(0).startsWith("embedded cluster, 2 processes, median of 1 rounds"));
    assertEquals(
        "noop      rate             123,457        1.500        0.250  tasks/s", lines.get(3));
    assertTrue(lines.get(4).startsWith("latency   p50"));
    assertTrue(report.toJson().contains("\"median\": 123456.7"), report::toJson);
  }

  private static BenchConfig config(
      int processes, String workload, int tasks, int warmUp, int repeat) {
    return new BenchConfig(
        Optional.empty(), processes, List.of(workload), OptionalInt.of(tasks), warmUp, repeat);
  }
}
