package dev.farpool.call;

/** A value cannot be written; the message names the way from it to what stands in the way. */
public final class UnserializableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnserializableException(String message, Throwable cause) {
    super(message, cause);
  }
}
