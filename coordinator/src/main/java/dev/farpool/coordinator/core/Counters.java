package dev.farpool.coordinator.core;

import dev.farpool.v1.Failure;
import dev.farpool.v1.TaskResult;
import java.util.EnumMap;
import java.util.Map;

/**
 * What has happened since the start. Everything is added a message or a batch at a time, at the
 * price of an addition.
 */
final class Counters {
  private final long[] counts = new long[Count.values().length];
  private final Map<Failure.Kind, Long> failures = new EnumMap<>(Failure.Kind.class);
  private final Histogram waits = new Histogram();
  private long succeeded;
  private long exited;

  Counters() {
    for (Failure.Kind kind : Failure.Kind.values()) {
      if (isKnown(kind)) {
        failures.put(kind, 0L);
      }
    }
  }

  void add(Count what, long more) {
    counts[what.ordinal()] += more;
  }

  long of(Count what) {
    return counts[what.ordinal()];
  }

  /** Tasks were handed out for the first time. */
  void waited(long nanos, long tasks) {
    waits.add(nanos, tasks);
  }

  void succeeded(long tasks) {
    succeeded += tasks;
  }

  void failed(Failure.Kind kind, long tasks) {
    failures.merge(isKnown(kind) ? kind : Failure.Kind.KIND_EXCEPTION, tasks, Long::sum);
  }

  /** A task ended without success: it failed, or its process exited with an error. */
  void failed(TaskResult result) {
    if (result.hasFailure()) {
      failed(result.getFailure().getKind(), 1);
    } else {
      exited++;
    }
  }

  private static boolean isKnown(Failure.Kind kind) {
    return kind != Failure.Kind.UNRECOGNIZED && kind != Failure.Kind.KIND_UNSPECIFIED;
  }

  /** What they are now. */
  Totals read() {
    Map<Count, Long> all = new EnumMap<>(Count.class);
    for (Count count : Count.values()) {
      all.put(count, of(count));
    }
    return new Totals(all, succeeded, exited, new EnumMap<>(failures), waits.read());
  }
}
