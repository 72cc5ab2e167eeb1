package dev.farpool.coordinator.grpc;

/** A field of a request is wrong. The message names it and says what it must be. */
final class InvalidFieldException extends RuntimeException {
  private final String field;

  InvalidFieldException(String field, String must) {
    super(field + " " + must, null, false, false);
    this.field = field;
  }

  /** The path of the field. */
  String field() {
    return field;
  }
}
