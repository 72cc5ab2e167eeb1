package dev.farpool.chaos.run;

import dev.farpool.chaos.history.Checker;
import dev.farpool.chaos.history.Event.Kind;
import dev.farpool.chaos.history.History;
import dev.farpool.chaos.history.Promise;
import dev.farpool.chaos.history.Violation;
import dev.farpool.chaos.schedule.Fault;
import dev.farpool.chaos.schedule.Schedule;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a run has shown.
 *
 * @param back how long workers took to be back after the last fault
 * @param finished how long clients took to end after that
 * @param took the whole run
 */
public record Report(
    Settings settings,
    Schedule schedule,
    History history,
    List<Violation> violations,
    Duration back,
    Duration finished,
    Duration took) {
  private static final int MOST_SHOWN = 20;
  private static final double MILLIS = 1000;
  private static final double NANOS_PER_MILLI = 1e6;

  /** Whether every promise was kept. */
  public boolean isGood() {
    return violations.isEmpty();
  }

  /** The report as Markdown. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Seed %d: %d faults in %d s, 3 workers of %d slots, a lease of %d s, faults of up to %d"
                + " s.%n%n",
            settings.seed(),
            schedule.faults().size(),
            settings.faults().toSeconds(),
            settings.cores(),
            settings.lease(),
            settings.longest().toSeconds()));
    text.append("| what | how often |\n|---|---|\n");
    counts().forEach((name, count) -> row(text, name, count));
    text.append("\n| seen | |\n|---|---|\n");
    figures(text);
    text.append("\n| never to be seen | |\n|---|---|\n");
    promises().forEach((promise, count) -> row(text, promise.text(), "" + count));
    violations.stream().limit(MOST_SHOWN).forEach(each -> text.append("\n- ").append(each));
    return text.append(violations.isEmpty() ? "" : "\n").toString();
  }

  private Map<String, String> counts() {
    return schedule.faults().stream()
        .collect(
            Collectors.groupingBy(
                fault -> fault.kind().text() + " " + who(fault),
                TreeMap::new,
                Collectors.collectingAndThen(Collectors.counting(), Object::toString)));
  }

  private static String who(Fault fault) {
    String target = fault.target();
    if (fault.kind().text().endsWith("executor")) {
      return "";
    }
    if (target.startsWith("proxy")) {
      return "(proxy)";
    }
    if (Settings.WORKERS.contains(target)) {
      return "worker";
    }
    return target.equals(Settings.COORDINATOR) ? target : "client";
  }

  private void figures(StringBuilder text) {
    long submitted = history.count(Kind.SUBMIT);
    row(text, "tasks submitted", "" + submitted);
    row(text, "results delivered", "" + history.count(Kind.RESULT));
    row(text, "at-most-once tasks told lost", "" + history.count(Kind.FAILURE));
    row(text, "attempts", "" + history.attempts().size());
    row(text, "clients killed", "" + history.count(Kind.KILLED));
    row(
        text,
        "longest overlap of two attempts of a task",
        String.format(Locale.ROOT, "%.0f ms", Checker.longestOverlap(history) / NANOS_PER_MILLI));
    row(text, "workers back after the last fault", seconds(back));
    row(text, "clients done after that", seconds(finished));
    row(text, "whole run", seconds(took));
  }

  private Map<Promise, Long> promises() {
    Map<Promise, Long> counts = new EnumMap<>(Promise.class);
    for (Promise promise : Promise.values()) {
      counts.put(promise, violations.stream().filter(each -> each.promise() == promise).count());
    }
    return counts;
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append("| ").append(name.strip()).append(" | ").append(value).append(" |\n");
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / MILLIS);
  }
}
