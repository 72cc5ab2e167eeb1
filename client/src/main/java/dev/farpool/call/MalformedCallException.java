package dev.farpool.call;

/** Bytes that are no call or result of this library's encoding. */
final class MalformedCallException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MalformedCallException(String message) {
    super(message);
  }
}
