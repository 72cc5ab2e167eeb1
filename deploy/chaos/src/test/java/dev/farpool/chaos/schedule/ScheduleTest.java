package dev.farpool.chaos.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.chaos.schedule.Fault.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final List<Target> TARGETS =
      List.of(
          new Target("a", List.of(Kind.KILL, Kind.PAUSE, Kind.CUT), 5000, 30_000),
          new Target("b", List.of(Kind.RESET), 2000, 10_000));

  @Test
  void theSameSeedGivesTheSameFaults() {
    assertEquals(draw(7).faults(), draw(7).faults());
    assertNotEquals(draw(7).faults(), draw(8).faults());
  }

  @Test
  void faultsComeInOrderWithinTheirTime() {
    long last = 0;
    for (Fault fault : draw(7).faults()) {
      assertTrue(fault.atMillis() >= last, fault::toString);
      assertTrue(fault.atMillis() >= 1000 && fault.endMillis() <= 300_000, fault::toString);
      last = fault.atMillis();
    }
  }

  @Test
  void oneFaultAtATimeBefallsATarget() {
    Map<String, Long> busyUntil = new HashMap<>();
    for (Fault fault : draw(7).faults()) {
      assertTrue(fault.atMillis() >= busyUntil.getOrDefault(fault.target(), 0L), fault::toString);
      busyUntil.put(fault.target(), fault.endMillis());
    }
  }

  @Test
  void everyKindComesUp() {
    Set<Kind> kinds = new HashSet<>();
    draw(7).faults().forEach(fault -> kinds.add(fault.kind()));

    assertEquals(Set.of(Kind.KILL, Kind.PAUSE, Kind.CUT, Kind.RESET), kinds);
  }

  private static Schedule draw(long seed) {
    return Schedule.draw(seed, TARGETS, 1000, 300_000);
  }
}
