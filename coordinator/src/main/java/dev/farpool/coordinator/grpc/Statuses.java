package dev.farpool.coordinator.grpc;

import dev.farpool.coordinator.core.Refusal;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** The statuses of calls that are refused. */
final class Statuses {
  /** Longer texts could exceed what peers take as trailers. */
  private static final int LONGEST_TEXT = 1000;

  private Statuses() {}

  static StatusRuntimeException of(Refusal refusal) {
    return of(refusal.reason(), refusal.getMessage());
  }

  static StatusRuntimeException of(Refusal.Reason reason, String message) {
    Status status =
        switch (reason) {
          case NOT_FOUND -> Status.NOT_FOUND;
          case ALREADY_EXISTS -> Status.ALREADY_EXISTS;
          case FAILED_PRECONDITION -> Status.FAILED_PRECONDITION;
          case INVALID_ARGUMENT -> Status.INVALID_ARGUMENT;
        };
    return of(status, message);
  }

  static StatusRuntimeException of(InvalidFieldException invalid) {
    return of(Status.INVALID_ARGUMENT, invalid.getMessage());
  }

  static StatusRuntimeException of(Status status, String message) {
    String text =
        message.length() <= LONGEST_TEXT ? message : message.substring(0, LONGEST_TEXT - 1) + "…";
    return status.withDescription(text).asRuntimeException();
  }
}
