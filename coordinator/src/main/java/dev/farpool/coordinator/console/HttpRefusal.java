package dev.farpool.coordinator.console;

/** A request that is not answered with what it asks for. */
final class HttpRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  static final int BAD_REQUEST = 400;
  static final int UNAUTHORIZED = 401;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int METHOD_NOT_ALLOWED = 405;
  static final int CONFLICT = 409;
  static final int TOO_LARGE = 413;
  static final int UNSUPPORTED_TYPE = 415;
  static final int MISDIRECTED = 421;
  static final int INTERNAL = 500;
  static final int UNAVAILABLE = 503;

  private final int status;

  /**
   * @param status of HTTP
   * @param message for a person: what is wrong and what to do
   */
  HttpRefusal(int status, String message) {
    super(message, null, false, false); // Where it was thrown says nothing.
    this.status = status;
  }

  int status() {
    return status;
  }
}
