package dev.farpool.chaos.history;

import dev.farpool.chaos.history.Event.Guarantee;
import dev.farpool.chaos.history.Event.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All events of a run, by task, by client and by attempt. */
public final class History {
  private final List<Event> events;
  private final Map<String, TaskHistory> tasks = new TreeMap<>();
  private final List<Attempt> attempts;
  private final Map<String, Long> killed;
  private final Set<String> joined;

  /** What clients saw of one task. */
  record TaskHistory(Event submitted, List<Event> outcomes, List<Attempt> attempts) {
    boolean isAtMostOnce() {
      return submitted != null && submitted.text().equals(Guarantee.AT_MOST_ONCE.name());
    }
  }

  private History(List<Event> events) {
    this.events = events;
    this.attempts = attempts(events);
    this.killed =
        events.stream()
            .filter(event -> event.kind() == Kind.KILLED)
            .collect(Collectors.toMap(Event::id, Event::nanos, Math::min));
    this.joined =
        events.stream()
            .filter(event -> event.kind() == Kind.JOINED)
            .map(Event::id)
            .collect(Collectors.toSet());
    Map<String, List<Attempt>> byTask =
        attempts.stream().collect(Collectors.groupingBy(Attempt::task));
    for (Event event : events) {
      switch (event.kind()) {
        case SUBMIT ->
            tasks.put(
                event.id(),
                new TaskHistory(
                    event, new ArrayList<>(), byTask.getOrDefault(event.id(), List.of())));
        case RESULT, FAILURE -> task(event.id(), byTask).outcomes().add(event);
        case START -> task(event.id(), byTask);
        default -> {}
      }
    }
  }

  /** Of events in any order. */
  public static History of(List<Event> events) {
    return new History(events.stream().sorted(Comparator.comparingLong(Event::nanos)).toList());
  }

  private TaskHistory task(String id, Map<String, List<Attempt>> byTask) {
    return tasks.computeIfAbsent(
        id,
        unknown ->
            new TaskHistory(null, new ArrayList<>(), byTask.getOrDefault(unknown, List.of())));
  }

  private static List<Attempt> attempts(List<Event> events) {
    Map<String, Attempt> open = new HashMap<>();
    List<Attempt> all = new ArrayList<>();
    for (Event event : events) {
      String key = event.id() + " " + event.pid();
      switch (event.kind()) {
        case START -> {
          Attempt before =
              open.put(
                  key,
                  new Attempt(
                      event.id(), event.nanos(), event.nanos(), false, event.pid(), event.host()));
          if (before != null) {
            all.add(before);
          }
        }
        case TICK -> open.computeIfPresent(key, (same, run) -> run.seenAt(event.nanos()));
        case END -> {
          Attempt run = open.remove(key);
          if (run != null) {
            all.add(run.endedAt(event.nanos()));
          }
        }
        default -> {}
      }
    }
    all.addAll(open.values());
    all.sort(Comparator.comparingLong(Attempt::start).thenComparing(Attempt::task));
    return List.copyOf(all);
  }

  /** What was submitted or ran, by id. */
  Map<String, TaskHistory> tasks() {
    return tasks;
  }

  /** All attempts, in the order of their starts. */
  public List<Attempt> attempts() {
    return attempts;
  }

  /** The clients that were killed, with the time of it. */
  Map<String, Long> killed() {
    return killed;
  }

  /** The clients that have joined their pools. */
  Set<String> joined() {
    return joined;
  }

  /** How many events there are of a kind. */
  public long count(Kind kind) {
    return events.stream().filter(event -> event.kind() == kind).count();
  }
}
