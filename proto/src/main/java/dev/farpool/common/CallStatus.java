package dev.farpool.common;

import io.grpc.Status;
import java.nio.channels.ClosedChannelException;

/** How calls fail, as callers have to take it. */
public final class CallStatus {
  private CallStatus() {}

  /**
   * The status in what a call failed with, where it has one; UNKNOWN otherwise. But UNAVAILABLE for
   * a call whose connection broke while it was being written, which gRPC's transport tells as
   * UNKNOWN. No coordinator answers that.
   */
  public static Status of(Throwable failure) {
    Status status = Status.fromThrowable(failure);
    boolean broken =
        status.getCode() == Status.Code.UNKNOWN
            && status.getCause() instanceof ClosedChannelException;
    return broken
        ? Status.UNAVAILABLE
            .withDescription("the connection broke: " + status.getDescription())
            .withCause(status.getCause())
        : status;
  }
}
