package dev.farpool.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenchConfigTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | noop | 1 | 0 | 1 | processes must be 1 to 1000000, not 0",
        "1 | fast | 1 | 0 | 1 | workload must be one of [noop, latency, map, map1000, map-uneven, spin1, spin10, sleep10, uneven, echo, start, backlog, cold], not fast",
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
  void withoutNamesAllThatMakeSenseOnTheClusterAreRun() {
    assertTrue(on(Optional.empty(), List.of(), Map.of()).workloads().contains("cold"));
    assertFalse(on(Optional.of("h:1"), List.of(), Map.of()).workloads().contains("cold"));
  }

  @Test
  void coldIsRefusedOnARunningCluster() {
    IllegalArgumentException wrong =
        assertThrows(
            IllegalArgumentException.class,
            () -> on(Optional.of("h:1"), List.of("cold"), Map.of()));

    assertEquals(
        "workload cold starts clusters of its own; run it without a coordinator",
        wrong.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"client", "executors", "", "a b"})
  void processNamesAreCheckedAndNoneIsTwice(String name) {
    IllegalArgumentException wrong =
        assertThrows(
            IllegalArgumentException.class,
            () -> on(Optional.of("h:1"), List.of(), Map.of(name, 1L)));

    assertTrue(wrong.getMessage().startsWith("pids must be like worker=456"), wrong::getMessage);
  }

  private static BenchConfig config(
      int processes, String workload, int tasks, int warmUp, int repeat) {
    return new BenchConfig(
        Optional.empty(),
        processes,
        List.of(workload),
        OptionalInt.of(tasks),
        warmUp,
        repeat,
        Map.of());
  }

  private static BenchConfig on(
      Optional<String> coordinator, List<String> workloads, Map<String, Long> pids) {
    return new BenchConfig(coordinator, 2, workloads, OptionalInt.empty(), 0, 1, pids);
  }
}
