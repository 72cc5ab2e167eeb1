package dev.farpool.scale.crew;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WheelTest {
  private final Wheel wheel = new Wheel();
  private final List<String> done = new ArrayList<>();

  @Test
  void doesThingsInTheOrderOfTheirTimes() {
    wheel.in(30, () -> done.add("late"));
    wheel.in(10, () -> done.add("early"));

    wheel.advance(9);
    assertEquals(List.of(), done);
    wheel.advance(30);
    assertEquals(List.of("early", "late"), done);
  }

  @Test
  void takesNewThingsWhileItDoesOthers() {
    wheel.in(1, () -> wheel.in(1, () -> done.add("second")));

    wheel.advance(1);
    assertEquals(List.of(), done);
    wheel.advance(2);
    assertEquals(List.of("second"), done);
  }

  @Test
  void doesEachThingOnceOverManyRounds() {
    wheel.advance(100_000);
    wheel.in(5, () -> done.add("once"));

    wheel.advance(200_000);
    assertEquals(List.of("once"), done);
  }
}
