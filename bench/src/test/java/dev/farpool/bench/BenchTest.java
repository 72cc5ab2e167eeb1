package dev.farpool.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each workload with one task on an embedded cluster. */
@Timeout(120)
class BenchTest {
  @Test
  void everyWorkloadGivesItsFigures() throws InterruptedException {
    BenchConfig config =
        new BenchConfig(Optional.empty(), 2, List.of(), OptionalInt.of(1), 0, 1, Map.of());

    BenchResult result = Bench.run(config, false);

    Map<String, Set<String>> figures =
        result.figures().stream()
            .collect(
                Collectors.groupingBy(
                    Summary::workload, Collectors.mapping(Summary::figure, Collectors.toSet())));
    assertEquals(Bench.workloads().keySet(), figures.keySet());
    assertTrue(figures.get("noop").containsAll(Set.of("rate", "submitting")), figures::toString);
    assertEquals(
        Set.of("accepted", "heap", "drained", "drained from a tenth", "drained share"),
        figures.get("backlog"));
    assertTrue(result.figures().stream().allMatch(figure -> figure.rounds() == 1));
  }
}
