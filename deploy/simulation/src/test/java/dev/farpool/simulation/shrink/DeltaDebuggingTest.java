package dev.farpool.simulation.shrink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeltaDebuggingTest {
  private static final List<Integer> ITEMS = IntStream.range(0, 100).boxed().toList();

  @Test
  void whatIsNeededRemains() {
    List<Integer> needed = List.of(3, 41, 97);
    assertEquals(needed, DeltaDebugging.minimize(ITEMS, items -> items.containsAll(needed)));
  }

  @Test
  void nothingRemainsWhereNothingIsNeeded() {
    assertEquals(List.of(), DeltaDebugging.minimize(ITEMS, items -> true));
  }

  @Test
  void everythingRemainsWhereEverythingIsNeeded() {
    assertEquals(ITEMS, DeltaDebugging.minimize(ITEMS, items -> items.size() == ITEMS.size()));
  }
}
