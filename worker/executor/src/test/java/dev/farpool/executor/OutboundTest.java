package dev.farpool.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import org.junit.jupiter.api.Test;

/** When outcomes are sent, by the times at which tasks end. */
class OutboundTest {
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final Outbound outbound = new Outbound(Channels.newChannel(sent));

  @Test
  void theyGatherUntilTheFirstHasWaitedLong() throws IOException {
    ends(MILLI, 2 * MILLI, 3 * MILLI, 4 * MILLI);
    assertEquals(0, sent.size());

    ends(5 * MILLI);

    assertTrue(sent.size() > 0);
    assertFalse(outbound.isWaiting());
  }

  @Test
  void theyAreWantedOnceTheyAreAsManyAsTheTasksThatAreLeft() throws IOException {
    ends(MILLI, 2 * MILLI);

    assertFalse(outbound.isWanted(3));
    assertTrue(outbound.isWanted(2));
  }

  @Test
  void whatHasHardlyWaitedIsNotWorthAMessage() throws IOException {
    ends(MILLI, MILLI + 100 * MICRO);

    assertFalse(outbound.isWanted(0));
  }

  @Test
  void whatWasSentIsNotWantedAgain() throws IOException {
    ends(MILLI, 2 * MILLI);
    outbound.flush();

    assertFalse(outbound.isWanted(0));
  }

  private void ends(long... times) throws IOException {
    for (long time : times) {
      outbound.result(0, 1, new byte[1], MILLI, time);
    }
  }
}
