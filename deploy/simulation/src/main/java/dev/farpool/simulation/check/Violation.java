package dev.farpool.simulation.check;

/**
 * Something that must never happen has happened.
 *
 * @param invariant its short name, as in the failure model
 * @param text for a person
 */
public record Violation(String invariant, String text) {
  @Override
  public String toString() {
    return invariant + ": " + text;
  }
}
