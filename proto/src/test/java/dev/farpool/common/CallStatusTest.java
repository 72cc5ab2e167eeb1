package dev.farpool.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.grpc.Status;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

class CallStatusTest {
  @Test
  void aConnectionThatBrokeUnderACallMakesItUnavailable() {
    Status told =
        Status.UNKNOWN.withDescription("channel closed").withCause(new ClosedChannelException());

    Status taken = CallStatus.of(told.asRuntimeException());

    assertEquals(Status.Code.UNAVAILABLE, taken.getCode());
    assertEquals("the connection broke: channel closed", taken.getDescription());
  }

  @Test
  void whatAPeerAnsweredStaysAsItIs() {
    for (Status status :
        new Status[] {
          Status.UNKNOWN.withDescription("mine"),
          Status.UNKNOWN.withCause(new IOException("mine")),
          Status.NOT_FOUND.withDescription("no such pool")
        }) {
      assertSame(status, CallStatus.of(status.asRuntimeException()));
    }
  }
}
