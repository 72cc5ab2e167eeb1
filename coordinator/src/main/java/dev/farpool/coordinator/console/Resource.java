package dev.farpool.coordinator.console;

/** Answers what is asked below one path. Thread-safe; may block for a few seconds. */
@FunctionalInterface
interface Resource {
  /**
   * Answers.
   *
   * @throws HttpRefusal instead of an answer
   */
  HttpReply answer(HttpRequest request);
}
