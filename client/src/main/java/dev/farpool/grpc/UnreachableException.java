package dev.farpool.grpc;

/** No coordinator answered in time. The text says where it was looked for. */
public final class UnreachableException extends Exception {
  private static final long serialVersionUID = 1;

  UnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
