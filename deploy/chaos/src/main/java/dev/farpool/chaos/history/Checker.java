package dev.farpool.chaos.history;

import dev.farpool.chaos.history.History.TaskHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds what is wrong in a history. Pure. */
public final class Checker {
  private final History history;
  private final Rules rules;
  private final List<Violation> found = new ArrayList<>();

  private Checker(History history, Rules rules) {
    this.history = history;
    this.rules = rules;
  }

  /** All that is wrong; empty if nothing is. */
  public static List<Violation> check(History history, Rules rules) {
    Checker checker = new Checker(history, rules);
    history.tasks().forEach(checker::checkTask);
    SlotCheck.check(history.attempts(), rules.slots(), checker.found);
    return List.copyOf(checker.found);
  }

  /** The longest time two attempts of one task ran side by side, in nanoseconds; 0 if none did. */
  public static long longestOverlap(History history) {
    return history.tasks().values().stream()
        .mapToLong(task -> longestOverlap(task.attempts()))
        .max()
        .orElse(0);
  }

  private void checkTask(String id, TaskHistory task) {
    if (task.submitted() == null) {
      add(Promise.KNOWN, id + " ran or ended, but no client has it");
      return;
    }
    checkDelivery(id, task);
    checkAttempts(id, task);
    checkAfterlife(id, task);
  }

  private void checkDelivery(String id, TaskHistory task) {
    String client = task.submitted().client();
    if (task.outcomes().isEmpty() && !history.killed().containsKey(client)) {
      add(
          Promise.NOT_LOST,
          id
              + " has no result, after "
              + task.attempts().size()
              + " attempts"
              + (history.joined().contains(client) ? "; its pool was joined" : ""));
    }
    if (task.outcomes().size() > 1) {
      add(Promise.DELIVERED_ONCE, id + " " + task.outcomes().size() + " times");
    }
    for (Event outcome : task.outcomes()) {
      Answers.fault(outcome, task.isAtMostOnce()).ifPresent(text -> add(Promise.RIGHT, text));
    }
  }

  private void checkAttempts(String id, TaskHistory task) {
    long overlap = longestOverlap(task.attempts());
    if (overlap > rules.overlap().toNanos()) {
      add(Promise.NO_OVERLAP, id + " for " + overlap / 1_000_000 + " ms: " + task.attempts());
    }
    if (task.isAtMostOnce() && task.attempts().size() > 1) {
      add(Promise.AT_MOST_ONCE, id + ": " + task.attempts());
    }
  }

  private void checkAfterlife(String id, TaskHistory task) {
    Map<String, Long> killed = history.killed();
    Long death = killed.get(task.submitted().client());
    if (death == null) {
      return;
    }
    long last = death + rules.afterlife().toNanos();
    for (Attempt attempt : task.attempts()) {
      if (attempt.start() > last) {
        add(
            Promise.NO_AFTERLIFE,
            id + " began " + (attempt.start() - death) / 1_000_000 + " ms after it");
      }
    }
  }

  private static long longestOverlap(List<Attempt> attempts) {
    long longest = 0;
    for (int i = 0; i < attempts.size(); i++) {
      for (int j = i + 1; j < attempts.size(); j++) {
        longest = Math.max(longest, attempts.get(i).overlap(attempts.get(j)));
      }
    }
    return longest;
  }

  private void add(Promise promise, String text) {
    found.add(new Violation(promise, text));
  }
}
