package dev.farpool.worker.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grpc.Status;
import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class ReasonsTest {
  private static final Status BROKEN = Status.UNAVAILABLE.withDescription("io exception");

  @Test
  void theInnermostCauseIsTold() {
    Throwable cause = new IllegalStateException("outer", new IOException("no space left"));

    assertEquals("UNAVAILABLE: no space left", Reasons.of(BROKEN.withCause(cause)));
  }

  @Test
  void anAddressAroundTheInnermostCauseIsKept() {
    Throwable cause = new ConnectException("Connection refused: /127.0.0.1:7415");
    cause.initCause(new ConnectException("Connection refused"));

    assertEquals(
        "UNAVAILABLE: Connection refused: /127.0.0.1:7415", Reasons.of(BROKEN.withCause(cause)));
  }

  @Test
  void theSystemCallIsNot() {
    String text = "finishConnect(..) failed with error(-111): Connection refused: /127.0.0.1:7415";
    Throwable cause = new ConnectException(text);
    cause.initCause(
        new ConnectException("finishConnect(..) failed with error(-111): Connection refused"));

    assertEquals(
        "UNAVAILABLE: Connection refused: /127.0.0.1:7415", Reasons.of(BROKEN.withCause(cause)));
  }

  @Test
  void withoutACauseTheDescriptionIsTold() {
    assertEquals("UNAVAILABLE: io exception", Reasons.of(BROKEN));
    assertEquals("CANCELLED", Reasons.of(Status.CANCELLED));
  }
}
