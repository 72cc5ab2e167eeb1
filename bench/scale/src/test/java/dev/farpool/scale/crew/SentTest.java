package dev.farpool.scale.crew;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SentTest {
  private final Sent sent = new Sent();
  private final CrewCounts counts = new CrewCounts();

  @Test
  void numbersMessagesFromOne() {
    assertEquals(1, sent.add(false, 0));
    assertEquals(2, sent.add(false, 0));
  }

  @Test
  void timesHeartbeatsOnly() {
    sent.add(false, 0);
    sent.add(true, 1_000_000);
    sent.add(false, 2_000_000);

    sent.acknowledged(2, 4_000_000, counts);

    assertEquals(1, counts.figures().heartbeats());
    assertEquals(3, counts.figures().heartbeatMax(), 0.01);
    assertEquals(1, sent.size());
  }

  @Test
  void letsTheLeaseRunFromTheSendingOfWhatWasAcknowledged() {
    sent.add(false, 5);
    sent.add(false, 9);

    sent.acknowledged(1, 20, counts);

    assertEquals(5, sent.acknowledgedNanos());
  }
}
