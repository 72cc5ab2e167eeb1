package dev.farpool.coordinator.core;

import java.util.List;

/** Says no to a call. The text is for the caller. */
public final class Refusal extends RuntimeException {
  /** What kind of no. */
  public enum Reason {
    /** The thing named is not there, or no more. */
    NOT_FOUND,
    /** The name belongs to something else. */
    ALREADY_EXISTS,
    /** Not in this state. */
    FAILED_PRECONDITION,
    /** An argument is wrong. */
    INVALID_ARGUMENT
  }

  private final transient Reason reason;

  Refusal(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  /** What kind of no. */
  public Reason reason() {
    return reason;
  }

  /** What a pool needs is not there. */
  public static Refusal missingBlobs(List<String> fields) {
    return new Refusal(
        Reason.FAILED_PRECONDITION,
        "blobs are missing, upload them first: " + String.join(", ", fields));
  }

  static Refusal noSession() {
    return new Refusal(
        Reason.NOT_FOUND,
        "session_id: there is no such session, or no more; open another one with OpenSession");
  }

  static Refusal noPool(String poolId) {
    return new Refusal(
        Reason.NOT_FOUND, "pool_id: there is no pool \"" + poolId + "\", or no more");
  }
}
