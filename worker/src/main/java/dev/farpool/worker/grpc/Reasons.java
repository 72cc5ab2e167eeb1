package dev.farpool.worker.grpc;

import io.grpc.Status;
import java.util.regex.Pattern;

/** Why a call failed, in words for people. */
final class Reasons {
  /** What native transports put before the text of an error of the system. */
  private static final Pattern SYSTEM_CALL =
      Pattern.compile("^\\w+\\(\\.\\.\\) failed(?: with error\\(-?\\d+\\))?: ");

  private Reasons() {}

  /**
   * What the innermost cause says, or the one around it where that says the same and more, such as
   * the address. The description is for statuses that have no cause: where there is one, it only
   * says "io exception".
   */
  static String of(Status status) {
    String text = null;
    for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      if (message != null && (text == null || !text.contains(message))) {
        text = message;
      }
    }
    if (text == null) {
      text = status.getDescription();
    }
    return status.getCode()
        + (text == null ? "" : ": " + SYSTEM_CALL.matcher(text).replaceFirst(""));
  }
}
