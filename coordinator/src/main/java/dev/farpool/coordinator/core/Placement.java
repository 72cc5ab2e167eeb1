package dev.farpool.coordinator.core;

/** Which payload of a message lies elsewhere than in the message. */
@FunctionalInterface
public interface Placement {
  /** Everything stays where it is. */
  Placement IN_MESSAGE = piece -> null;

  /**
   * Takes the stored form of a piece of the message: of bytes the same bytes, of a result what it
   * is on the wire, of a list of tasks what they are on the wire, one after the other. Whoever
   * takes it releases it.
   *
   * @param piece this very object, as the message has it
   * @return null if it lies in the message only
   */
  Bytes take(Object piece);
}
