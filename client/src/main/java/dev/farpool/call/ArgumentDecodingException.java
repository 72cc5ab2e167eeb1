package dev.farpool.call;

/** The bytes of a call cannot be read on the executor. The function was not called. */
public final class ArgumentDecodingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ArgumentDecodingException(String message, Throwable cause) {
    super(message, cause);
  }
}
