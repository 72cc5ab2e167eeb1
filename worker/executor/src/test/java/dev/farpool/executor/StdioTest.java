package dev.farpool.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is sent for the task thread while it runs on. */
class StdioTest {
  private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final Outbound outbound = new Outbound(Channels.newChannel(sent));
  private final Stdio stdio = new Stdio(outbound, new Watch(null, HOUR_NANOS));

  @Test
  void aResultThatHasWaitedIsSent() throws IOException {
    result(System.nanoTime() - HOUR_NANOS);

    assertEquals(Stdio.Waiting.SENT, stdio.flushWaiting());

    assertTrue(sent.size() > 0);
    assertEquals(Stdio.Waiting.NOTHING, stdio.flushWaiting());
  }

  @Test
  void aResultThatHasOnlyJustComeIsLeftForTheNextTime() throws IOException {
    result(System.nanoTime() + HOUR_NANOS);

    assertEquals(Stdio.Waiting.YOUNG, stdio.flushWaiting());

    assertEquals(0, sent.size());
  }

  private void result(long endedNanos) throws IOException {
    outbound.result(0, 1, new byte[1], 1, endedNanos);
  }
}
