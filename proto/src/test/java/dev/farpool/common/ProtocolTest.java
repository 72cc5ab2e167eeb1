package dev.farpool.common;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.farpool.v1.ProtocolRange;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ProtocolTest {
  @Test
  void newestCommonVersionIsChosen() {
    assertEquals(OptionalInt.of(1), Protocol.agree(range(1, 1)));
    assertEquals(OptionalInt.of(1), Protocol.agree(range(1, 9)));
  }

  @Test
  void rangesThatDoNotMeetHaveNoCommonVersion() {
    assertEquals(OptionalInt.empty(), Protocol.agree(range(2, 9)));
    assertEquals(OptionalInt.empty(), Protocol.agree(range(0, 0)));
  }

  @Test
  void refusalSaysWhichSideToUpgrade() {
    assertEquals(
        "no common protocol version: this coordinator speaks 1 to 1, the worker 2 to 9;"
            + " upgrade the coordinator",
        Protocol.refusal("coordinator", "worker", range(2, 9)));
    assertEquals(
        "no common protocol version: this coordinator speaks 1 to 1, the worker 0 to 0;"
            + " upgrade the worker",
        Protocol.refusal("coordinator", "worker", range(0, 0)));
  }

  private static ProtocolRange range(int oldest, int newest) {
    return ProtocolRange.newBuilder().setOldest(oldest).setNewest(newest).build();
  }
}
