package dev.farpool.scale.crew;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What the workers of a crew have seen since the beginning of a measurement. Not thread-safe. */
final class CrewCounts {
  private static final int DIGITS = 3;
  private static final double NANOS_PER_MILLI = 1e6;

  private final Histogram heartbeats = new Histogram(TimeUnit.MINUTES.toNanos(10), DIGITS);
  private double registeredMillis;
  private long starts;
  private long sent;
  private long received;
  private int broken;
  private int leasesOver;
  private String why = "";

  /** Begins anew, but what broke stays broken. */
  void reset() {
    heartbeats.reset();
    starts = 0;
    sent = 0;
    received = 0;
  }

  /** All workers are registered, so long after the first of them tried. */
  void registered(long nanos) {
    registeredMillis = nanos / NANOS_PER_MILLI;
  }

  void started() {
    starts++;
  }

  void sent() {
    sent++;
  }

  void received() {
    received++;
  }

  void heartbeat(long nanos) {
    heartbeats.recordValue(Math.max(0, nanos));
  }

  /** The stream of a worker has ended. */
  void broken(String reason) {
    broken++;
    why = reason;
  }

  /** A real worker would have ended its tasks now. */
  void leaseOver() {
    leasesOver++;
  }

  CrewFigures figures() {
    return new CrewFigures(
        registeredMillis,
        starts,
        sent,
        received,
        heartbeats.getTotalCount(),
        heartbeats.getValueAtPercentile(50) / NANOS_PER_MILLI,
        heartbeats.getValueAtPercentile(99) / NANOS_PER_MILLI,
        heartbeats.getMaxValue() / NANOS_PER_MILLI,
        broken,
        leasesOver,
        why);
  }
}
