package dev.farpool.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The ideal of short tasks with a long one among them. */
class UnevenTest {
  @Test
  void theOtherProcessesShareWhatComesWithTheLongOne() {
    assertEquals(10 + 300, Uneven.idealMillis(94, 4, 4));
  }

  @Test
  void aProcessAloneGetsToTheRestWhenTheLongOneHasEnded() {
    assertEquals(40 + 940 + 900, Uneven.idealMillis(94, 4, 1));
  }
}
