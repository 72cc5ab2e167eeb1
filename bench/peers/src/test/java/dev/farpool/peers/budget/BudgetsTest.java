package dev.farpool.peers.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.farpool.peers.load.Sample;
import dev.farpool.peers.table.Measurements;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BudgetsTest {
  private final Measurements measurements = new Measurements();

  @Test
  void aRatioIsHeldAgainstItsBound() {
    add(Measurements.CLUSTER, "noop", "rate", 500);
    add("python", "noop", "rate", 20);

    assertEquals(List.of("no-op tasks one by one, by Python's Pool 25.0 >= 20.0 kept"), budgets());
  }

  @Test
  void aFigureBeyondItsBoundIsMissed() {
    add(Measurements.CLUSTER, "start", "time", 101);
    add(Measurements.CLUSTER, "spin1", "efficiency", 0.89);

    assertEquals(
        List.of(
            "tasks spinning 1 ms, efficiency 0.890 >= 0.900 missed",
            "new pool on a running cluster to its first result, ms 101 <= 100 missed"),
        budgets());
  }

  @Test
  void whatWasNotMeasuredIsLeftOut() {
    add(Measurements.CLUSTER, "noop", "rate", 500);

    assertEquals("", Budgets.table(measurements));
  }

  private void add(String peer, String workload, String figure, double value) {
    measurements.add(peer, List.of(new Sample(workload, figure, "", value)));
  }

  private List<String> budgets() {
    return Budgets.table(measurements)
        .lines()
        .skip(1)
        .map(line -> line.replaceAll(" +", " "))
        .collect(Collectors.toList());
  }
}
