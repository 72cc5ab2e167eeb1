package dev.farpool.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SummaryTest {
  @Test
  void medianOfAnOddNumberIsTheMiddleValue() {
    assertEquals(new Summary("w", "rate", "x/s", 3, 1, 9, 3), Summary.of("w", rounds(9, 1, 3)));
  }

  @Test
  void medianOfAnEvenNumberIsBetweenTheMiddleValues() {
    assertEquals(
        new Summary("w", "rate", "x/s", 2.5, 1, 9, 4), Summary.of("w", rounds(9, 1, 3, 2)));
  }

  private static List<Figure> rounds(double... values) {
    return DoubleStream.of(values).mapToObj(value -> new Figure("rate", "x/s", value)).toList();
  }
}
