package dev.farpool.coordinator.metrics;

import dev.farpool.coordinator.core.Count;
import dev.farpool.v1.Failure;
import io.micrometer.core.instrument.Tags;
import java.util.function.ToDoubleFunction;

/** What has happened from the start on, as counters. */
final class TotalMeters {
  private final ReadingMeters meters;

  private TotalMeters(ReadingMeters meters) {
    this.meters = meters;
  }

  static void addTo(ReadingMeters meters) {
    TotalMeters totals = new TotalMeters(meters);
    totals.addTasks();
    totals.addOutcomes();
    totals.addPeers();
    totals.addLoop();
  }

  private void addTasks() {
    count(Count.TASKS_SUBMITTED, "farpool.tasks.submitted", "Tasks that were accepted.");
    count(Count.TASKS_STARTED, "farpool.tasks.started", "Attempts that were handed to workers.");
    count(
        Count.TASKS_RETURNED,
        "farpool.tasks.returned",
        "Attempts that came back from workers without having begun.");
    count(
        Count.ATTEMPTS_LOST,
        "farpool.attempts.lost",
        "Attempts that ended with their executor or worker.");
    count(
        Count.RESULTS_DELIVERED,
        "farpool.results.delivered",
        "Outcomes that were sent to clients.");
  }

  private void addOutcomes() {
    outcome("succeeded", now -> now.totals().succeeded());
    outcome("exited", now -> now.totals().exited());
    for (Failure.Kind kind : Failure.Kind.values()) {
      if (kind != Failure.Kind.UNRECOGNIZED && kind != Failure.Kind.KIND_UNSPECIFIED) {
        outcome(ReadingMeters.label(kind, "KIND_"), now -> now.totals().failed().get(kind));
      }
    }
  }

  private void addPeers() {
    count(
        Count.SUBMITS_OVERLOADED,
        "farpool.submits.overloaded",
        "Submits that were refused as too much was held already.");
    count(Count.SESSIONS_OPENED, "farpool.sessions.opened", "Sessions that were opened.");
    count(Count.POOLS_CREATED, "farpool.pools.opened", "Pools that were created.");
    count(
        Count.WORKERS_REGISTERED,
        "farpool.workers.registered",
        "Registrations of workers, after lost connections too.");
    count(
        Count.WORKERS_LOST,
        "farpool.workers.lost",
        "Workers that were given up as nothing was heard of them.");
    count(
        Count.EXECUTORS_FAILED,
        "farpool.executors.failed",
        "Executors that could not be made ready.");
    count(
        Count.REPORTS_REFUSED,
        "farpool.reports.refused",
        "Reports of workers that told of attempts which do not count.");
  }

  private void addLoop() {
    meters.counter(
        "farpool.scheduler.busy.seconds",
        "How long the scheduler has worked; it can one second a second.",
        now -> now.load().busyNanos() / ReadingMeters.NANOS_PER_SECOND);
    meters.counter(
        "farpool.scheduler.batches",
        "Batches of commands that the scheduler has applied.",
        now -> now.load().batches());
    meters.counter(
        "farpool.scheduler.commands",
        "Commands in these batches: messages of peers, and ticks.",
        now -> now.load().commands());
  }

  private void count(Count count, String name, String help) {
    meters.counter(name, help, now -> now.totals().counts().get(count));
  }

  private void outcome(String outcome, ToDoubleFunction<Reading> value) {
    meters.counter(
        "farpool.tasks.finished",
        "Tasks that have their outcome.",
        Tags.of("outcome", outcome),
        value);
  }
}
