package dev.farpool.cli;

import dev.farpool.common.HostPort;
import dev.farpool.v1.ActivityInterval;
import dev.farpool.v1.PoolSlots;
import dev.farpool.v1.PoolStatus;
import dev.farpool.v1.TaskStatus;
import dev.farpool.v1.WorkerActivity;
import dev.farpool.v1.WorkerStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code farpool top} shows, as lines of text. */
record TopView(List<String> lines) {
  private static final int LONGEST_BAR = 20;
  private static final int MOST_SHOWN = 3;
  private static final int ALL = 100;

  /**
   * Shows a sample.
   *
   * @param before the one before it, for rates; null if there is none
   */
  static TopView of(HostPort address, TopSample now, TopSample before) {
    List<String> lines = new ArrayList<>();
    lines.add(summary(address, now));
    lines.add(recent(now.latest()));
    lines.add("");
    workers(now).lines().forEach(lines::add);
    lines.add("");
    pools(now, before == null ? Map.of() : now.ratesSince(before)).lines().forEach(lines::add);
    return new TopView(lines);
  }

  /** All of it. */
  String text() {
    return String.join("\n", lines) + "\n";
  }

  /** As much of it as fits on a screen. */
  String text(Terminal.Size size) {
    List<String> shown = new ArrayList<>(lines.subList(0, Math.min(size.rows(), lines.size())));
    if (shown.size() < lines.size()) {
      int hidden = lines.size() - shown.size() + 1;
      shown.set(shown.size() - 1, "and " + hidden + " more lines");
    }
    return shown.stream()
        .map(line -> line.substring(0, Math.min(size.columns(), line.length())))
        .collect(Collectors.joining("\n"));
  }

  private static String summary(HostPort address, TopSample now) {
    long waiting = 0;
    long running = 0;
    for (PoolStatus pool : now.status().getPoolsList()) {
      waiting += pool.getWaiting();
      running += pool.getRunning();
    }
    int busy = now.status().getWorkersList().stream().mapToInt(WorkerStatus::getBusy).sum();
    int cores = now.status().getWorkersList().stream().mapToInt(WorkerStatus::getCores).sum();
    return String.format(
        "coordinator %s  up %s  %d of %d slots taken  %d tasks wait, %d run",
        address, StatusTable.age(now.status().getUptime()), busy, cores, waiting, running);
  }

  private static String recent(ActivityInterval latest) {
    String text =
        String.format(
            "in %s: %d started, %d succeeded, %d failed, %d lost",
            Spans.text(latest.getLength()),
            latest.getStarted(),
            latest.getSucceeded(),
            latest.getFailed(),
            latest.getLost());
    if (latest.hasWaitP50()) {
      text +=
          String.format(
              "  wait p50 %s p99 %s",
              Spans.text(latest.getWaitP50()), Spans.text(latest.getWaitP99()));
    }
    if (latest.hasRunP50()) {
      text +=
          String.format(
              "  run p50 %s p99 %s",
              Spans.text(latest.getRunP50()), Spans.text(latest.getRunP99()));
    }
    return text;
  }

  private static String workers(TopSample now) {
    if (now.status().getWorkersCount() == 0) {
      return StatusTable.workers(now.status());
    }
    Map<String, WorkerActivity> activity =
        now.activity().getWorkersList().stream()
            .collect(Collectors.toMap(WorkerActivity::getWorker, worker -> worker));
    Columns table = new Columns("WORKER", "HOST", "STATE", "SLOTS", "BUSY", "CORES", "NOW");
    for (WorkerStatus worker : now.status().getWorkersList()) {
      table.row(
          worker.getName(),
          worker.getHost(),
          StatusTable.word(worker.getState()),
          bar(worker.getBusy(), worker.getCores(), Math.min(LONGEST_BAR, worker.getCores())),
          worker.getBusy(),
          worker.getCores(),
          doing(activity.getOrDefault(worker.getName(), WorkerActivity.getDefaultInstance())));
    }
    return table.toString();
  }

  /** The longest tasks of a worker, or, where all are short, their pools. */
  private static String doing(WorkerActivity worker) {
    if (worker.getRunningCount() == 0) {
      return worker.getPoolsList().stream()
          .limit(MOST_SHOWN)
          .map(TopView::share)
          .collect(Collectors.joining(", "));
    }
    String tasks =
        worker.getRunningList().stream()
            .limit(MOST_SHOWN)
            .map(task -> shortName(task) + " " + Spans.text(task.getRan()))
            .collect(Collectors.joining(", "));
    int more = worker.getRunningCount() - MOST_SHOWN;
    return more > 0 ? tasks + ", " + more + " more" : tasks;
  }

  private static String share(PoolSlots pool) {
    PoolName name = new PoolName(pool.getPoolId(), pool.getPoolName());
    return (name.name().isEmpty() ? name.shortId() : name.name()) + " on " + pool.getSlots();
  }

  private static String shortName(TaskStatus task) {
    return task.getPoolName().isEmpty()
        ? TaskTable.name(task)
        : task.getPoolName() + "/" + task.getIndex();
  }

  private static String pools(TopSample now, Map<String, Double> rates) {
    if (now.status().getPoolsCount() == 0) {
      return "no pools\n";
    }
    Columns table =
        new Columns("POOL", "STATE", "PROGRESS", "DONE", "FAILED", "RATE", "RUN", "WAIT", "WHY");
    for (PoolStatus pool : now.status().getPoolsList()) {
      long ended = TopSample.ended(pool);
      long all = ended + pool.getRunning() + pool.getWaiting();
      Double rate = rates.get(pool.getPoolId());
      table.row(
          PoolNames.idAndName(pool),
          StatusTable.word(pool.getState()),
          bar(ended, all, LONGEST_BAR / 2) + (all == 0 ? "" : " " + ended * ALL / all + " %"),
          pool.getSucceeded(),
          pool.getFailed(),
          rate == null ? "" : Spans.number(rate) + "/s",
          pool.getRunning(),
          pool.getWaiting(),
          pool.getWaitingFor());
    }
    return table.toString();
  }

  private static String bar(long part, long whole, int length) {
    int filled = whole == 0 ? 0 : (int) Math.min(length, part * length / whole);
    return "[" + "#".repeat(filled) + ".".repeat(length - filled) + "]";
  }
}
