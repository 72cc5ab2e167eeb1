package dev.farpool.peers.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.peers.load.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasurementsTest {
  private final Measurements measurements = new Measurements();

  @Test
  void roundsBecomeLeastMedianAndGreatest() {
    add("python", "noop", 9);
    add("python", "noop", 1);
    add("python", "noop", 3);

    assertEquals(new Spread(1, 3, 9), only("python", "noop rate").spread());
  }

  @Test
  void medianOfAnEvenNumberIsBetweenTheMiddleValues() {
    assertEquals(new Spread(1, 2.5, 9), Spread.of(List.of(9.0, 1.0, 3.0, 2.0)));
  }

  @Test
  void ratiosAreFarpoolsMedianByThePeers() {
    add(Measurements.EMBEDDED, "noop", 100);
    add(Measurements.CLUSTER, "noop", 50);
    add(Measurements.CLUSTER, "noop", 150);
    add("python", "noop", 20);

    Row row = only("python", "noop rate");
    assertEquals(5, row.embedded());
    assertEquals(5, row.cluster());
    assertEquals(1, only(Measurements.EMBEDDED, "noop rate").embedded());
  }

  @Test
  void thereIsNoRatioToWhatFarpoolWasNotMeasuredIn() {
    add(Measurements.EMBEDDED, "map", 100);
    add("python", "noop", 20);

    assertNull(only("python", "noop rate").embedded());
  }

  @Test
  void theTableHasALineForEachFigureAndEachAbsentPeer() {
    add(Measurements.EMBEDDED, "noop", 3_000);
    add("python", "noop", 2_000);

    String text =
        new Report(1, measurements.rows(), Map.of("dask", "not here, install it")).toText();

    String line = text.lines().filter(row -> row.startsWith("python")).findFirst().orElseThrow();
    assertEquals("python noop rate 2,000 2,000 2,000 tasks/s 1.500", line.replaceAll(" +", " "));
    assertTrue(text.endsWith("\ndask: not here, install it\n"), text);
  }

  @Test
  void numbersHaveThreeDigitsThatMatter() {
    assertEquals("1,234,568", Numbers.text(1_234_567.8));
    assertEquals("12.3", Numbers.text(12.34));
    assertEquals("0.123", Numbers.text(0.1234));
  }

  private void add(String peer, String workload, double value) {
    measurements.add(peer, List.of(new Sample(workload, "rate", "tasks/s", value)));
  }

  private Row only(String peer, String figure) {
    List<Row> rows =
        measurements.rows().stream()
            .filter(row -> row.peer().equals(peer) && row.figure().equals(figure))
            .toList();
    assertEquals(1, rows.size());
    return rows.get(0);
  }
}
