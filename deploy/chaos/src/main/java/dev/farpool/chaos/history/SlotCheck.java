package dev.farpool.chaos.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Whether a host ever ran more tasks than it has slots. */
final class SlotCheck {
  private SlotCheck() {}

  /** Walks through the attempts in the order of their starts; each host is told of once. */
  static void check(
      List<Attempt> attempts, Map<String, Integer> slots, List<Violation> violations) {
    Map<String, PriorityQueue<Attempt>> running = new HashMap<>();
    List<String> told = new ArrayList<>();
    for (Attempt attempt : attempts) {
      PriorityQueue<Attempt> there =
          running.computeIfAbsent(
              attempt.host(), host -> new PriorityQueue<>(Comparator.comparingLong(Attempt::seen)));
      while (!there.isEmpty() && there.peek().seen() <= attempt.start()) {
        there.poll();
      }
      there.add(attempt);
      int limit = slots.getOrDefault(attempt.host(), 0);
      if (there.size() > limit && !told.contains(attempt.host())) {
        told.add(attempt.host());
        violations.add(
            new Violation(
                Promise.SLOTS, attempt.host() + " has " + limit + " slots, but ran " + there));
      }
    }
  }
}
