package dev.farpool.coordinator.history;

import dev.farpool.v1.ActivityInterval;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last hour in steps of ten seconds: how much happened in each, and how long it took. */
public final class Intervals {
  static final int MOST = 360;
  static final long LENGTH_NANOS = 10_000_000_000L;

  private static final int HALF = 50;
  private static final int NEARLY_ALL = 99;

  /**
   * An interval that is over.
   *
   * @param counts all but when it began
   */
  private record Closed(long startNanos, ActivityInterval counts) {}

  private final Deque<Closed> closed = new ArrayDeque<>();
  private final Percentiles waits = new Percentiles();
  private final Percentiles runs = new Percentiles();
  private long number = 1;
  private long startNanos;
  private long started;
  private long succeeded;
  private long failed;
  private long lost;

  Intervals(long nowNanos) {
    this.startNanos = nowNanos;
  }

  /** So many attempts were handed to workers. */
  public void started(long attempts) {
    started += attempts;
  }

  /** So many tasks had waited this long for their first start. */
  public void waited(long nanos, long tasks) {
    waits.add(nanos, tasks);
  }

  /** So many tasks succeeded. */
  public void succeeded(long tasks) {
    succeeded += tasks;
  }

  /** So many tasks failed or were cancelled. */
  public void failed(long tasks) {
    failed += tasks;
  }

  /** An attempt was lost. */
  public void lost() {
    lost++;
  }

  /** So many tasks ran this long. */
  public void ran(long nanos, long tasks) {
    runs.add(nanos, tasks);
  }

  /** Whether the open interval is over. */
  public boolean isOver(long nowNanos) {
    return nowNanos - startNanos >= LENGTH_NANOS;
  }

  /** Closes the open interval, and those after it in which nothing was told. */
  public void close(long nowNanos, Load load) {
    while (isOver(nowNanos)) {
      closed.add(new Closed(startNanos, open(LENGTH_NANOS, load)));
      if (closed.size() >= MOST) {
        closed.poll(); // The open one counts as well.
      }
      number++;
      startNanos += LENGTH_NANOS;
      clear();
    }
  }

  private void clear() {
    started = 0;
    succeeded = 0;
    failed = 0;
    lost = 0;
    waits.clear();
    runs.clear();
  }

  /**
   * All from a number on, oldest first, the open one included.
   *
   * @param load how much there is to do now
   */
  public List<ActivityInterval> since(long first, Load load, WallTime wall) {
    List<ActivityInterval> found = new ArrayList<>();
    for (Closed each : closed) {
      if (each.counts.getNumber() >= first) {
        found.add(each.counts.toBuilder().setStart(wall.at(each.startNanos)).build());
      }
    }
    if (number >= first) {
      ActivityInterval now = open(Math.max(0, wall.nowNanos() - startNanos), load);
      found.add(now.toBuilder().setStart(wall.at(startNanos)).build());
    }
    return found;
  }

  private ActivityInterval open(long lengthNanos, Load load) {
    ActivityInterval.Builder interval =
        ActivityInterval.newBuilder()
            .setNumber(number)
            .setLength(WallTime.span(lengthNanos))
            .setStarted(started)
            .setSucceeded(succeeded)
            .setFailed(failed)
            .setLost(lost)
            .setWaiting(load.waiting())
            .setRunning(load.running())
            .setBusy(load.busy())
            .setCores(load.cores());
    if (!waits.isEmpty()) {
      interval.setWaitP50(WallTime.span(waits.percentile(HALF)));
      interval.setWaitP99(WallTime.span(waits.percentile(NEARLY_ALL)));
    }
    if (!runs.isEmpty()) {
      interval.setRunP50(WallTime.span(runs.percentile(HALF)));
      interval.setRunP99(WallTime.span(runs.percentile(NEARLY_ALL)));
    }
    return interval.build();
  }
}
