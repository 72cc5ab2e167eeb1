package dev.farpool.chaos.history;

/**
 * Something that must not be.
 *
 * @param promise which promise was broken
 * @param text what was seen
 */
public record Violation(Promise promise, String text) {
  @Override
  public String toString() {
    return promise.text() + ": " + text;
  }
}
