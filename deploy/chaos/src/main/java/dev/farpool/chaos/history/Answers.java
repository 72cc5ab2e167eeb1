package dev.farpool.chaos.history;

import dev.farpool.chaos.history.Event.Kind;
import java.util.Optional;
import java.util.Set;

/** What the tasks of a run answer, so that a wrong result is known for one. */
public final class Answers {
  /** How an at-most-once task may fail when something of the cluster dies under it. */
  private static final Set<String> UNKNOWN_OUTCOMES =
      Set.of("dev.farpool.WorkerLostException", "dev.farpool.ProcessDiedException");

  private Answers() {}

  /** The right result of a task. */
  public static long of(String id) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  /** What is wrong with an outcome; empty if nothing is. */
  static Optional<String> fault(Event outcome, boolean atMostOnce) {
    if (outcome.kind() == Kind.RESULT) {
      return outcome.text().equals(Long.toString(of(outcome.id())))
          ? Optional.empty()
          : Optional.of(outcome.id() + " gave " + outcome.text());
    }
    String exception = outcome.text().split("[: ]", 2)[0];
    return atMostOnce && UNKNOWN_OUTCOMES.contains(exception)
        ? Optional.empty()
        : Optional.of(outcome.id() + " failed: " + outcome.text());
  }
}
